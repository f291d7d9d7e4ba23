/** What it costs to open a connection, in requests of a server that says hello: 460 microseconds to 14 were measured. */
const reconnectCost = 30

/** The part of a server's load that reconnects may cost. */
const worth = 0.1

/** For how many seconds an allowance can be saved up. */
const saved = 2

/** How many connections a member may shed: so many a second that their reconnects are worth it. */
export class Allowance {
  #tokens = 1

  /** @param load in requests per second. */
  earn(load: number, seconds: number): void {
    const perSecond = (load * worth) / reconnectCost
    this.#tokens = Math.min(this.#tokens + perSecond * seconds, Math.max(1, perSecond * saved))
  }

  get whole(): number {
    return Math.floor(this.#tokens)
  }

  spend(connections: number): void {
    this.#tokens -= connections
  }
}
