import type { Connection } from '../table/connection.js'
import { Pulse } from './pulse.js'

/**
 * The load of a server, in requests per second over an exponential window, and the part of each connection. It reads
 * the counts that are there, once in each interval: a request costs nothing more for it.
 */
export class Meter<Transport = unknown> {
  /** One of each open connection. */
  pulses: Pulse<Transport>[] = []
  /** Requests per second of the connections that stay. */
  load = 0
  /** Requests per second of connections that were shed and are still served: in a dry run they stay. */
  shedLoad = 0
  readonly #window: number
  /** What connections that their clients have closed have left in the average. */
  #gone = 0
  #readAt: number

  /** @param window in milliseconds. */
  constructor(window: number, now: number) {
    this.#window = window
    this.#readAt = now
  }

  /** @param seen how many of its requests came before. */
  add(connection: Connection<Transport>, now: number, seen = 0): void {
    this.pulses.push(new Pulse(connection, now, seen))
  }

  /** A dry run is over. What was shed in it is still here, and its load counts again. */
  restore(): void {
    for (const pulse of this.pulses) pulse.isShed &&= pulse.connection.retired !== undefined
  }

  read(now: number): void {
    const elapsed = now - this.#readAt
    if (elapsed <= 0) return
    this.#readAt = now
    const kept = Math.exp(-elapsed / this.#window)
    this.#gone *= kept
    this.load = 0
    this.shedLoad = 0
    let open = 0
    for (const pulse of this.pulses) {
      pulse.read(elapsed / 1_000, kept)
      if (pulse.connection.stage === 'closed') this.#leave(pulse)
      else {
        this.#count(pulse, now, elapsed)
        this.pulses[open++] = pulse
      }
    }
    this.pulses.length = open
    this.load += this.#gone
  }

  /** Those of the addresses from which no more than one connection is open. */
  alone(addresses: readonly string[]): ReadonlySet<string> {
    const wanted = new Set(addresses)
    const once = new Set<string>()
    for (const { connection } of this.pulses) {
      const { address } = connection
      if (!wanted.has(address)) continue
      if (once.delete(address)) wanted.delete(address)
      else once.add(address)
    }
    return once
  }

  /** What was retired is on its way elsewhere, with its load. What its client has closed may never come again. */
  #leave({ connection, average, isShed }: Pulse<Transport>): void {
    if (connection.retired === undefined && !isShed) this.#gone += average
  }

  #count(pulse: Pulse<Transport>, now: number, elapsed: number): void {
    // One that is younger than a reading has served for that long on the average of readings.
    const age = Math.max(now - pulse.since, elapsed)
    pulse.rate = pulse.average / (1 - Math.exp(-age / this.#window))
    if (pulse.isShed) this.shedLoad += pulse.rate
    else if (pulse.connection.retired === undefined) this.load += pulse.rate
  }
}
