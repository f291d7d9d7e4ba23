import { setTimeout as sleep } from 'node:timers/promises'
import type { Act } from '@evenkeel/example-stage/act'
import { Child } from '@evenkeel/example-stage/child'
import type { Failures } from '@evenkeel/example-stage/failures'
import { withDescriptors } from './descriptors.js'
import type { Answer, Command, Leaked, Sockets, Traffic } from './messages.js'
import type { Plan } from './plan.js'
import { machineSockets } from './system.js'

/** What all have counted from the beginning of a run to one moment. */
export interface Count {
  readonly sockets: Sockets
  readonly leaked: Leaked
  readonly traffic: Traffic
  /** TCP sockets in use on the whole machine, both ends of each connection; nothing where nobody says. */
  readonly machine?: number
}

/** One second of a run. */
export interface Second extends Count {
  readonly second: number
}

/** What one run came to. */
export interface Run extends Count {
  readonly act: Act
  readonly seconds: readonly Second[]
}

/** Does one run with processes of its own, tells each second as it passes, and leaves no process behind. */
export async function run(plan: Plan, act: Act, tell: (second: Second) => void): Promise<Run> {
  const cast = new Cast(plan, act)
  try {
    return await perform(plan, act, cast, tell)
  } finally {
    await cast.end()
  }
}

async function perform(plan: Plan, act: Act, cast: Cast, tell: (second: Second) => void): Promise<Run> {
  await cast.begin()
  const begun = performance.now()
  const seconds: Second[] = []
  for (let second = 1; second <= plan.seconds; second += 1) {
    await sleep(Math.max(0, begun + second * 1000 - performance.now()))
    const passed = { second, ...(await cast.count('count')) }
    seconds.push(passed)
    tell(passed)
  }
  return { act, seconds, ...(await cast.count('stop')) }
}

/** The sum of failures of all kinds. */
export function sum(...failures: readonly Failures[]): number {
  return failures.flatMap((codes) => Object.values(codes)).reduce((total, count) => total + count, 0)
}

type Player = Child<Command, Answer>

/** The processes of one run. */
class Cast {
  readonly #plan: Plan
  readonly #server: Player
  readonly #leaking: Player = new Child(new URL('leaking-client.js', import.meta.url))
  readonly #clients: Player = new Child(new URL('clients.js', import.meta.url))

  constructor(plan: Plan, act: Act) {
    const { descriptors, maxConnections, fairEviction } = plan
    const parameters = act === 'with' ? [String(maxConnections), String(fairEviction)] : []
    this.#plan = plan
    const command = withDescriptors(descriptors, [process.execPath, ...process.execArgv])
    this.#server = new Child(new URL('server.js', import.meta.url), { parameters, command })
  }

  /** Has the clients begin, the well-behaved ones first. */
  async begin(): Promise<void> {
    const { port } = await this.#server.answer('listening')
    const { addresses, interval, quietInterval, freshInterval, leakRate, leakWorkers } = this.#plan
    await this.#clients.ask(
      { type: 'drive', port, addresses, interval, quietInterval, freshInterval },
      'started',
    )
    await this.#leaking.ask({ type: 'leak', port, rate: leakRate, workers: leakWorkers }, 'started')
  }

  /** Asks everybody; with `stop` the clients first finish what they have begun. */
  async count(command: 'count' | 'stop'): Promise<Count> {
    const [{ type: _t, ...traffic }, { type: _l, ...leaked }] = await Promise.all([
      this.#clients.ask({ type: command }, 'traffic'),
      this.#leaking.ask({ type: command }, 'leaked'),
    ])
    const [{ type: _s, ...sockets }, machine] = await Promise.all([
      this.#server.ask({ type: 'count' }, 'sockets'),
      machineSockets(),
    ])
    return { sockets, leaked, traffic, ...(machine !== undefined && { machine }) }
  }

  async end(): Promise<void> {
    await Promise.all([this.#clients, this.#leaking, this.#server].map((child) => child.end()))
  }
}
