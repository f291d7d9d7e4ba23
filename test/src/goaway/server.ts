import { createSecureServer, type Http2ServerRequest } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { attach, type Reason } from '@evenkeel/node'
import { nextClose } from '@evenkeel/test-kit/closes'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import { isPlan, plans } from './plans.js'

/** What the server has done in all. */
export interface Report {
  /** How many different requests the application was called for, and how many of them more than once. */
  readonly executed: number
  readonly executedTwice: number
  readonly retired: Readonly<Record<Reason, number>>
}

/** What the server is told: to let time go by, and then to tell that all sessions have closed, or to report and to end. */
export type Order = { readonly advance: number; readonly untilClosed: boolean } | 'end'

const [name = '', certificate = '{}'] = process.argv.slice(2)
if (!isPlan(name)) throw new Error(`no plan has the name "${name}"`)
const plan = plans[name]
const clock = plan.step === undefined ? undefined : new FakeClock()
const executions = new Map<string, number>()
let requests = 0

const server = createSecureServer(JSON.parse(certificate), (request, response) => {
  const id = String(request.headers['x-id'])
  executions.set(id, (executions.get(id) ?? 0) + 1)
  const number = ++requests
  plan.request?.(keel, request, number)
  clock?.advance(plan.step ?? 0)
  const answer = (): unknown => response.end(id)
  // Half of the answers are written outside of what Node reads.
  received(request).then(
    () => (number % 2 === 0 ? answer() : setTimeout(answer, 1)),
    () => response.destroy(),
  )
})
const keel = attach(server, { ...plan.options, ...(clock && { clock }) })
plan.begin?.(keel)

process.on('message', async (order: Order) => {
  if (order === 'end') return end()
  clock?.advance(order.advance)
  if (order.untilClosed) await untilClosed()
  process.send?.('done')
})

async function received(request: Http2ServerRequest): Promise<void> {
  for await (const _ of request);
}

async function untilClosed(): Promise<void> {
  while (keel.snapshot().connections.total > 0) await nextClose(keel)
}

function end(): void {
  const { retired } = keel.snapshot().totals
  const executedTwice = [...executions.values()].filter((times) => times > 1).length
  const report: Report = { executed: executions.size, executedTwice, retired }
  process.send?.(report, () => process.exit(0))
}

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
