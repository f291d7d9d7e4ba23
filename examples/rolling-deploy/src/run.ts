import { setTimeout as sleep } from 'node:timers/promises'
import type { Act } from '@evenkeel/example-stage/act'
import { Cast, type Count, type Departed } from './cast.js'
import { busiest, tenths } from './departures.js'
import { type Account, account } from './ledger.js'
import type { Executed, Traffic } from './messages.js'
import type { Plan } from './plan.js'

/** What one round came to: a server left, another took its place. */
export interface Restart {
  readonly restart: number
  readonly server: number
  /** What it had when it was told to leave. */
  readonly connections: number
  /** How many of those ended in each tenth of the window. */
  readonly departures: readonly number[]
  /** The busiest tenth, as a multiple of its fair part. */
  readonly busiest: number
  readonly report?: Executed['report']
  /** Requests, and failures, of this round. */
  readonly requests: number
  readonly failed: number
}

/** What one run came to. */
export interface Run {
  readonly act: Act
  readonly restarts: readonly Restart[]
  readonly traffic: Traffic
  readonly account: Account
  /** Requests that failed though a server had executed them. */
  readonly executedInVain: number
  /** Connections that the balancer was asked for. */
  readonly opened: number
}

/** Does one run with processes of its own, tells each round as it ends, and leaves no process behind. */
export async function run(plan: Plan, act: Act, tell: (restart: Restart) => void): Promise<Run> {
  const cast = new Cast(plan, act)
  try {
    await cast.begin()
    const { restarts, executed } = await restartAll(plan, act, cast, tell)
    const { traffic, executed: rest } = await cast.stop()
    executed.push(...rest)
    const ids = new Set(executed.flat())
    return {
      act,
      restarts,
      traffic,
      account: account(traffic.requests, executed),
      executedInVain: traffic.failed.filter((id) => ids.has(id)).length,
      opened: await cast.opened(),
    }
  } finally {
    await cast.end()
  }
}

async function restartAll(
  plan: Plan,
  act: Act,
  cast: Cast,
  tell: (restart: Restart) => void,
): Promise<{ restarts: Restart[]; executed: (readonly number[])[] }> {
  const rounds = act === 'with' ? plan.restarts.evenKeel : plan.restarts.bare
  const restarts: Restart[] = []
  const executed: (readonly number[])[] = []
  let told = Promise.resolve()
  for (let restart = 1; restart <= rounds; restart += 1) {
    const server = (restart - 1) % plan.servers
    const before = await cast.count()
    const { replaced, left } = cast.restart(server)
    // As Kubernetes does: the next one is told when this window is over, though the last may still wait for somebody.
    await Promise.all([replaced, sleep(plan.within)])
    if (act === 'with') await cast.sent((plan.requests * restart) / rounds)
    const after = await cast.count()
    told = Promise.all([left, told]).then(([departed]) => {
      const passed = describe(plan, restart, departed, before, after)
      executed.push(departed.ids)
      restarts.push(passed)
      tell(passed)
    })
    // It is awaited behind the last round.
    told.catch(() => {})
  }
  await told
  return { restarts, executed }
}

function describe(
  { servers, within }: Plan,
  restart: number,
  departed: Departed,
  before: Count,
  after: Count,
): Restart {
  const { connections, report } = departed
  const departures = tenths(departed, within)
  return {
    restart,
    server: 1 + ((restart - 1) % servers),
    connections,
    departures,
    busiest: busiest(departures),
    ...(report === undefined ? {} : { report }),
    requests: after.requests - before.requests,
    failed: after.failed - before.failed,
  }
}
