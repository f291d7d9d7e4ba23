import type { Connection } from '@evenkeel/core'
import type { End, Server } from './server.js'
import type { World } from './world.js'

/**
 * A client with one connection, whose requests arrive at random with a rate of its own. A limit is noticed when its
 * server next reads what arrived: `Slot` is exact, and takes more time.
 */
export class Steady implements End {
  readonly rate: number
  readonly #address: string
  readonly #world: World
  #server: Server
  #connection: Connection<End>
  /** Its requests are read up to here. */
  #readAt: number
  #isGone = false

  constructor(world: World, address: string, rate: number) {
    this.#world = world
    this.#address = address
    this.rate = rate
    this.#readAt = world.agenda.now
    this.#server = world.choose(address)
    this.#connection = this.#server.accept(world.seen(address), this, this.#readAt)
  }

  catchUp(now: number): void {
    const mean = (this.rate * (now - this.#readAt)) / 1_000
    this.#readAt = now
    this.#server.count(this.#connection, this.#world.random.poisson(mean))
  }

  retired(now: number): void {
    const last = now + this.#pause()
    this.#world.agenda.at(last, () => {
      if (this.#isGone) return
      this.#server.count(this.#connection, 1)
      this.#server.tracker.close(this.#connection, 'server', last)
      this.#world.agenda.at(last + this.#pause(), (next) => this.#reconnect(next))
    })
  }

  /** The client goes away. */
  leave(): void {
    this.#isGone = true
    this.#server.tracker.close(this.#connection, 'client', this.#world.agenda.now)
  }

  #reconnect(now: number): void {
    if (this.#isGone) return
    this.#server = this.#world.choose(this.#address)
    this.#connection = this.#server.accept(this.#world.seen(this.#address), this, now)
    this.#server.count(this.#connection, 1)
    this.#readAt = now
  }

  /** Until its next request. */
  #pause(): number {
    return (this.#world.random.exponential() / this.rate) * 1_000
  }
}
