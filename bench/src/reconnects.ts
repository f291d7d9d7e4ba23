import { Child } from './child.js'
import type { Sheet } from './print.js'
import { send } from './reconnects/client.js'
import type { ReconnectServerAnswers } from './reconnects/server.js'
import { type Estimate, estimate } from './statistics.js'

/** What a reconnect costs a server, in milliseconds of CPU time. */
export interface ReconnectsResult {
  readonly name: 'TCP' | 'TLS'
  readonly added: Estimate
}

/** Requests in each batch. */
const batch = 500

/** Pairs of batches in each round. */
const pairs = 8

/** By then the compiler has settled. */
const warmUp = 4_000

/** A server whose connections serve one request each, beside one whose connections stay. Both have Even Keel. */
export async function measureReconnects(
  rounds: number,
  progress: (step: string) => void,
): Promise<ReconnectsResult[]> {
  const added = { TCP: [] as number[][], TLS: [] as number[][] }
  for (let round = 1; round <= rounds; round++) {
    for (const name of ['TCP', 'TLS'] as const) {
      progress(`reconnects by ${name}, round ${round} of ${rounds}`)
      added[name].push(await playRound(name === 'TLS', round % 2 === 0))
    }
  }
  return [
    { name: 'TCP', added: estimate(added.TCP) },
    { name: 'TLS', added: estimate(added.TLS) },
  ]
}

/** For each pair of batches what a request on a new connection costs more, in milliseconds. */
async function playRound(secure: boolean, reverse: boolean): Promise<number[]> {
  const [renewing, keeping] = [await start(secure, 1), await start(secure, Number.MAX_SAFE_INTEGER)]
  for (const each of [renewing, keeping]) await each.cpuPerRequest(warmUp)
  const added: number[] = []
  while (added.length < pairs) {
    const [first, second] = reverse ? [keeping, renewing] : [renewing, keeping]
    const [one, other] = [await first.cpuPerRequest(batch), await second.cpuPerRequest(batch)]
    added.push((reverse ? other - one : one - other) / 1_000)
  }
  await Promise.all([renewing.stop(), keeping.stop()])
  return added
}

async function start(
  secure: boolean,
  requests: number,
): Promise<{ cpuPerRequest(requests: number): Promise<number>; stop(): Promise<void> }> {
  const child = new Child<ReconnectServerAnswers>(new URL('./reconnects/server.js', import.meta.url))
  const port = await child.ask('start', secure, requests)
  return {
    cpuPerRequest: async (count) => {
      const before = await child.ask('cpu')
      await send(port, secure, count)
      return ((await child.ask('cpu')) - before) / count
    },
    stop: () => child.stop(),
  }
}

export function reconnectsSheet(results: readonly ReconnectsResult[]): Sheet {
  return {
    head: ['a reconnect', 'CPU of the server', '95 % interval'],
    alignment: 'lrr',
    rows: results.map(({ name, added: { median, low, high } }) => [
      name,
      `${median.toFixed(3)} ms`,
      `${low.toFixed(3)} – ${high.toFixed(3)}`,
    ]),
  }
}
