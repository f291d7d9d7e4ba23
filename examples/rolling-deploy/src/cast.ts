import { setTimeout as sleep } from 'node:timers/promises'
import type { Act } from '@evenkeel/example-stage/act'
import { Child } from '@evenkeel/example-stage/child'
import type { Answer, Command, Departures, Executed, Traffic } from './messages.js'
import type { Plan } from './plan.js'

type Player = Child<Command, Answer>

interface Server {
  readonly child: Player
  readonly port: number
}

/** What a server leaves behind. */
export type Departed = Departures & Executed

/** What the clients have sent by now, and how many of that failed. */
export interface Count {
  readonly requests: number
  readonly failed: number
}

/** The processes of one run. */
export class Cast {
  readonly #plan: Plan
  readonly #parameters: readonly string[]
  readonly #balancer: Player = new Child(new URL('balancer.js', import.meta.url))
  readonly #clients: Player = new Child(new URL('clients.js', import.meta.url))
  #servers: Server[] = []
  readonly #leaving = new Set<Server>()
  /** Every process, however far it has come. */
  readonly #children = new Set<Player>([this.#balancer, this.#clients])

  constructor(plan: Plan, act: Act) {
    this.#plan = plan
    const { within, quiet } = plan
    this.#parameters = [act === 'with' ? 'evenkeel' : 'bare', String(within), String(quiet)]
  }

  /** Starts everything; resolves once every client has had an answer. */
  async begin(): Promise<void> {
    const { servers, habits } = this.#plan
    const listening = this.#balancer.answer('listening')
    this.#servers = await Promise.all(Array.from({ length: servers }, () => this.#start()))
    const { port } = await listening
    await this.#balance()
    await this.#clients.ask({ type: 'drive', port, habits }, 'driving')
  }

  /**
   * One server is told to leave, while another takes its place.
   *
   * @returns promises: that the other one is there, and what became of the first.
   */
  restart(number: number): { readonly replaced: Promise<void>; readonly left: Promise<Departed> } {
    const old = this.#servers[number]
    if (old === undefined) throw new RangeError(`there is no server ${number}`)
    this.#leaving.add(old)
    const left = this.#leave(old)
    // It is awaited later, behind other rounds.
    left.catch(() => {})
    return { replaced: this.#replace(number), left }
  }

  async #leave(old: Server): Promise<Departed> {
    await this.#balancer.ask({ type: 'leave', port: old.port }, 'leaving')
    const executed = old.child.answer('executed', 2 * this.#plan.within)
    old.child.terminate()
    const done = await executed
    const departures = await this.#balancer.ask({ type: 'departures', port: old.port }, 'departed')
    this.#leaving.delete(old)
    await this.#balance()
    await old.child.end()
    return { ...done, ...departures }
  }

  async #replace(number: number): Promise<void> {
    this.#servers[number] = await this.#start()
    await this.#balance()
  }

  async #start(): Promise<Server> {
    const child: Player = new Child(new URL('server.js', import.meta.url), { parameters: this.#parameters })
    this.#children.add(child)
    const { port } = await child.answer('listening')
    return { child, port }
  }

  /** Those that leave stay among them until they are gone: the balancer asks each whether it is ready. */
  async #balance(): Promise<void> {
    const ports = [...this.#servers, ...this.#leaving].map(({ port }) => port)
    await this.#balancer.ask({ type: 'balance', ports }, 'balancing')
  }

  /** Waits until the clients have sent so many requests. */
  async sent(requests: number): Promise<void> {
    while ((await this.count()).requests < requests) await sleep(100)
  }

  async count(): Promise<Count> {
    const { count, failed } = await this.#clients.ask({ type: 'count' }, 'counted')
    return { requests: count, failed }
  }

  /** Connections that the balancer was asked for. */
  async opened(): Promise<number> {
    return (await this.#balancer.ask({ type: 'count' }, 'counted')).count
  }

  /** The clients stop; what the servers that are left have executed comes along. */
  async stop(): Promise<{ traffic: Traffic; executed: (readonly number[])[] }> {
    const traffic = await this.#clients.ask({ type: 'stop' }, 'stopped')
    const executed = await Promise.all(
      this.#servers.map(({ child }) => child.ask({ type: 'stop' }, 'executed')),
    )
    return { traffic, executed: executed.map(({ ids }) => ids) }
  }

  async end(): Promise<void> {
    await Promise.all([...this.#children].map((child) => child.end()))
  }
}
