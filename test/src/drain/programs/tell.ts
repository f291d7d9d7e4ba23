import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DrainReport, ShutdownOptions } from '@evenkeel/node'

/** What a program tells, each on a line of its own. */
export interface Told {
  /** It listens. */
  readonly port?: number
  /** The server has closed. */
  readonly closed?: true
  /** The shutdown is over. */
  readonly report?: DrainReport
  /** How many listen to SIGTERM then. */
  readonly listeners?: number
  /** Time has gone by since, and the program runs. */
  readonly alive?: true
}

/** What the test wants of the program. */
export const options: ShutdownOptions = JSON.parse(process.argv[2] ?? '{}')

export function tell(told: Told): void {
  console.log(JSON.stringify(told))
}

/** Tells of a server that listens, or is about to. */
export function follow(server: Server): void {
  const listens = (): void => tell({ port: (server.address() as AddressInfo).port })
  if (server.listening) listens()
  else server.once('listening', listens)
  server.once('close', () => tell({ closed: true }))
}

/** Tells how the shutdown went. */
export async function conclude(finished: Promise<DrainReport>): Promise<void> {
  tell({ report: await finished, listeners: process.listenerCount('SIGTERM') })
}
