import type { Connection } from '@evenkeel/core'
import { Arrivals, type Pace } from './arrivals.js'
import type { End, Server } from './server.js'
import type { World } from './world.js'

/** What uses a slot. */
export interface User {
  readonly address: string
  /** Requests per second that go through this slot. */
  readonly rate: number
  readonly pace: Pace
  /** Whether its first connection is new. Else it is anywhere in its life, as after hours of service. */
  readonly isFresh: boolean
}

/**
 * A place for one connection in a client. The connection ends with the request that reaches a limit, to the millisecond,
 * and the client's next request opens another one.
 */
export class Slot implements End {
  readonly rate: number
  /** Milliseconds from open to close of its first connection; none before that has ended. */
  life: number | undefined
  readonly #world: World
  readonly #address: string
  readonly #arrivals: Arrivals
  /** When it was last awaited. */
  #dueAt = Number.NaN
  #server: Server
  #connection: Connection<End> | undefined

  constructor(world: World, { address, rate, pace, isFresh }: User) {
    const { agenda, random, limits } = world
    this.#world = world
    this.#address = address
    this.rate = rate
    this.#arrivals = new Arrivals(rate, pace, random, agenda.now)
    const mean = 1 - limits.jitter / 2
    const byCount = (limits.maxRequestsPerConnection / rate) * 1_000
    const life = Math.min(byCount, limits.maxConnectionAge) * mean
    const past = isFresh || life === Infinity ? 0 : random.uniform() * life
    this.#server = world.choose(address)
    const connection = this.#server.accept(world.seen(address), this, agenda.now, agenda.now - past)
    if (connection.requestLimit < Infinity) {
      connection.requests = Math.min(connection.requestLimit - 1, Math.round((past * rate) / 1_000))
    }
    this.#connection = connection
  }

  /** The number of the server that it has a connection to, or had last. */
  get at(): number {
    return this.#server.id
  }

  catchUp(now: number): void {
    while (this.#goesOn(now)) {}
    // It opens when its time comes, and not when a server next reads what arrived.
    if (this.#connection === undefined) this.retired()
  }

  retired(): void {
    const { agenda } = this.#world
    // A request may have come already that its server has not read yet.
    const dueAt = Math.max(agenda.now, this.#arrivals.next)
    if (dueAt === this.#dueAt) return
    this.#dueAt = dueAt
    agenda.at(dueAt, (at) => this.catchUp(at))
  }

  /** Takes what comes until the connection's next turn, or until now. Whether there is more. */
  #goesOn(now: number): boolean {
    const arrivals = this.#arrivals
    const { idleTimeout } = this.#world.limits
    const forgottenAt = arrivals.last + idleTimeout
    if (this.#connection !== undefined && arrivals.next > forgottenAt) {
      if (forgottenAt > now) return false
      this.#end(this.#connection, forgottenAt)
      return true
    }
    if (arrivals.next > now) return false
    const connection = this.#connection ?? this.#connect(arrivals.next)
    const oldAt = connection.openedAt + connection.ageLimit
    const isLast = connection.retired !== undefined || arrivals.next >= oldAt
    const most = isLast ? 1 : connection.requestLimit - connection.requests
    const came = arrivals.take(isLast ? now : Math.min(now, oldAt), most, idleTimeout)
    this.#server.count(connection, came)
    const reason = this.#server.tracker.decide(connection, arrivals.last)
    if (reason === undefined) return true
    this.#server.tracker.retire(connection, reason, arrivals.last)
    this.#end(connection, arrivals.last)
    return true
  }

  #connect(openedAt: number): Connection<End> {
    const { agenda } = this.#world
    this.#server = this.#world.choose(this.#address)
    this.#connection = this.#server.accept(
      this.#world.seen(this.#address),
      this,
      Math.max(agenda.now, openedAt),
      openedAt,
    )
    return this.#connection
  }

  #end(connection: Connection<End>, closedAt: number): void {
    this.#server.tracker.close(connection, 'server', closedAt)
    this.life ??= closedAt - connection.openedAt
    this.#connection = undefined
  }
}
