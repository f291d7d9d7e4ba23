import { setTimeout as sleep } from 'node:timers/promises'
import type { FleetStatus } from '@evenkeel/node'
import type { Act } from './acts.js'
import { Cast } from './cast.js'
import { sum } from './evenness.js'
import type { Latency, Traffic } from './messages.js'
import type { Metrics } from './metrics.js'
import type { Plan } from './plan.js'

/** One second of a run: requests by server, as many servers as there are by then. */
export interface Second {
  readonly second: number
  readonly requests: readonly number[]
  /** Connections opened since the run began. */
  readonly opened: number
  /** Of the answers of this second; nothing where there were none. */
  readonly latency?: Latency | undefined
}

/** What one run came to. */
export interface Run {
  readonly act: Act
  readonly seconds: readonly Second[]
  /** Requests by server in the judged part. */
  readonly judged: readonly number[]
  /** How often the balancer chose a server for what is judged. */
  readonly choices: number
  /** Connections that the balancer was asked for. */
  readonly opened: number
  readonly traffic: Traffic
  /** What the servers' metrics say at the end; nothing without Even Keel. */
  readonly metrics?: Metrics | undefined
  /** When the balancer chose among all servers for the first time: processes take a while to start. Seconds. */
  readonly scaledOutAfter?: number | undefined
  /** How the servers stood in their fleet at the end; none without a fleet. */
  readonly statuses?: readonly FleetStatus[]
}

/** Does one run with processes of its own, tells each second as it passes, and leaves no process behind. */
export async function run(
  plan: Plan,
  act: Act,
  redis: string | undefined,
  tell: (second: Second) => void,
): Promise<Run> {
  const parameters = [act, String(plan.maxRequests), ...(redis === undefined ? [] : [redis])]
  const cast = new Cast({ parameters, inCluster: act === 'fleet' && redis === undefined })
  try {
    return await perform(plan, act, cast, tell)
  } finally {
    await cast.end()
  }
}

async function perform(plan: Plan, act: Act, cast: Cast, tell: (second: Second) => void): Promise<Run> {
  const { connections, pace } = plan
  const port = (await cast.balancer.answer('listening')).port
  await cast.scaleTo(plan.serversAtFirst)
  await cast.clients.ask({ type: 'drive', port, connections, pace }, 'driving')

  const begun = performance.now()
  const seconds: Second[] = []
  let before: readonly number[] = []
  let scaledOutAfter: number | undefined
  for (let second = 1; second <= plan.seconds; second += 1) {
    await sleep(Math.max(0, begun + second * 1000 - performance.now()))
    const [served, opened, latency] = await Promise.all([cast.served(), cast.opened(), cast.latency()])
    const passed = { second, requests: difference(served, before), opened, latency }
    before = served
    seconds.push(passed)
    tell(passed)
    if (second === plan.scaleOutAt) {
      await cast.scaleTo(plan.servers)
      scaledOutAfter = (performance.now() - begun) / 1000
    }
    // Not before: processes that start on the same machine would be what the slowest hundredth shows.
    if (second === plan.judgedFrom) await cast.clients.ask({ type: 'measure' }, 'measuring')
  }
  const statuses = await cast.leaveFleet()
  const traffic = await cast.clients.ask({ type: 'stop' }, 'stopped')
  const [opened, metrics] = await Promise.all([cast.opened(), cast.metrics()])
  return { act, seconds, ...judge(plan, seconds), opened, traffic, metrics, statuses, scaledOutAfter }
}

function judge(plan: Plan, seconds: readonly Second[]): Pick<Run, 'judged' | 'choices'> {
  const rest = seconds.slice(plan.judgedFrom)
  const judged = Array.from({ length: plan.servers }, (_, server) =>
    sum(rest.map(({ requests }) => requests[server] ?? 0)),
  )
  const opened = (second: number): number => seconds[second - 1]?.opened ?? 0
  const reopened = opened(plan.seconds) - opened(plan.judgedFrom)
  // Connections that were open before count too, but only in part: the larger number alone errs on the safe side.
  return { judged, choices: Math.max(plan.connections, reopened) }
}

function difference(counts: readonly number[], before: readonly number[]): number[] {
  return counts.map((count, server) => count - (before[server] ?? 0))
}
