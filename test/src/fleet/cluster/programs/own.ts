import cluster from 'node:cluster'
import { createServer } from 'node:http'
import { clusterStore, createFleet, type Store } from '@evenkeel/fleet'
import { attach, type FleetMember, type FleetStatus } from '@evenkeel/node'
import { lead, type Settings } from './primary.js'

/** What a worker is told. */
export type Order = 'tell' | 'forget' | 'disconnect' | 'close' | 'end' | { readonly echo: unknown }

/** What it tells of its fleet. */
export interface Account {
  readonly status: FleetStatus | undefined
  /** The same of its second server. */
  readonly statusOfPage: FleetStatus | undefined
  /** What the store says; a text where it does not answer. */
  readonly members: readonly FleetMember[] | string
  readonly maxConnectionAge: number
  /** The fewest members that an answer of its primary had since it was told to forget. */
  readonly fewest: number | null
}

const settings = JSON.parse(process.argv[2] ?? '') as Settings
if (cluster.isPrimary) lead(settings)
else serve(settings)

function serve({ fleet, hasPage = false }: Settings): void {
  const server = createServer((_request, response) => response.end(attach(server).snapshot().fleet?.state))
  let fewest: number | null = null
  const shared = clusterStore()
  const store: Store = {
    ...shared,
    async exchange(...report) {
      const totals = await shared.exchange(...report)
      fewest = Math.min(fewest ?? Infinity, totals.members)
      return totals
    },
  }
  // It does not wait for its turn in the first interval.
  const own = fleet && { fleet: createFleet({ ...fleet, store }), random: () => 0 }
  if (own !== undefined) attach(server, own)
  server.listen(0, '127.0.0.1')
  const page = createServer((_request, response) => response.end('page'))
  if (hasPage) page.listen(0, '127.0.0.1')
  const tell = async (): Promise<void> => {
    // As the program has attached it, or the environment.
    const keel = attach(server)
    // Both servers are one member.
    const asked = hasPage ? attach(page) : keel
    const members = await asked.members().catch((error: Error) => error.message)
    const { maxConnectionAge } = keel.limits
    const status = keel.snapshot().fleet
    const statusOfPage = hasPage ? attach(page).snapshot().fleet : undefined
    const account: Account = { status, statusOfPage, members, maxConnectionAge, fewest }
    process.send?.({ account })
  }
  const end = (): void => {
    server.close()
    page.close()
    process.channel?.unref()
  }
  process.on('message', (order: Order) => {
    if (order === 'tell') tell()
    else if (order === 'forget') fewest = null
    else if (order === 'disconnect') cluster.worker?.disconnect()
    else if (order === 'close') server.close()
    else if (order === 'end') end()
    else if (Object.hasOwn(Object(order), 'echo')) process.send?.((order as { echo: unknown }).echo)
  })
}
