import { budgets, type Verdict, verdict } from '../budgets.js'
import { Child } from '../child.js'
import { median, quantile } from '../statistics.js'
import type { ClientAnswers } from './client.js'
import { usualAddresses } from './crowd.js'
import { connections as most } from './memory.js'
import type { SweepServerAnswers } from './sweep-server.js'

/** What one pass of the sweep took, in milliseconds. */
export interface SweepResult {
  readonly connections: number
  /** Whether all of them had expired, never a request on them; otherwise none. */
  readonly expired: boolean
  readonly median: number
  /** Of a hundred passes of one round all but one were at most this: the median over the rounds. */
  readonly p99: number
  /** The slowest pass of each round: that is when a compilation or a collection of garbage falls into it. */
  readonly slowests: readonly number[]
  /** Of `p99`. */
  readonly verdict: Verdict
}

/** How many connections are open while nothing expires. */
const sizes: readonly number[] = [0, most / 4, most]

const lines: readonly Pick<SweepResult, 'connections' | 'expired'>[] = [
  ...sizes.map((connections) => ({ connections, expired: false })),
  { connections: most, expired: true },
]

const passes = 100

/** The time of a pass, in fresh processes for each round. */
export async function measureSweep(rounds: number, progress: (step: string) => void): Promise<SweepResult[]> {
  const times: number[][][] = lines.map(() => [])
  for (let round = 1; round <= rounds; round++) {
    progress(`time of a sweep, round ${round} of ${rounds}`)
    for (const [index, timed] of (await playRound()).entries()) times[index]?.push(timed)
  }
  return lines.map((line, index) => ({ ...line, ...summarize(times[index] ?? []) }))
}

/** The times of all passes, line by line. */
async function playRound(): Promise<number[][]> {
  const server = new Child<SweepServerAnswers>(sweepServer, [], ['--expose-gc'])
  const port = await server.ask('start')
  const times = await withClient(async (client) => {
    // The sweep begins with the first connection.
    await client.ask('turnOver', port, 1, usualAddresses)
    const timed: number[][] = []
    let open = 0
    for (const size of sizes) {
      await client.ask('hold', port, size - open, usualAddresses)
      open = size
      timed.push(await server.ask('passes', size, passes))
    }
    return timed
  })
  await server.ask('passes', 0, 0)
  const expired = await withClient(async (client) => {
    await client.ask('holdSilent', port, most, usualAddresses)
    return server.ask('expire', most)
  })
  await server.stop()
  return [...times, [expired]]
}

const sweepServer = new URL('./sweep-server.js', import.meta.url)

async function withClient<Result>(work: (client: Child<ClientAnswers>) => Promise<Result>): Promise<Result> {
  const client = new Child<ClientAnswers>(new URL('./client.js', import.meta.url))
  const result = await work(client)
  await client.stop()
  return result
}

function summarize(rounds: readonly (readonly number[])[]): Omit<SweepResult, 'connections' | 'expired'> {
  const p99 = median(rounds.map((times) => quantile(times, 0.99)))
  return {
    median: median(rounds.flat()),
    p99,
    slowests: rounds.map((times) => Math.max(...times)),
    verdict: verdict(p99, budgets.sweep),
  }
}
