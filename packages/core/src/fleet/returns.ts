/** A connection that was shed, until it is known whether it came back. */
interface Shed {
  /** None where others of the same address are open: it could not be told which of them came back. */
  readonly address: string | undefined
  readonly at: number
  /** How likely it comes back by chance. */
  readonly chance: number
  isBack: boolean
}

/** How long a client may take to open its next connection, in milliseconds. Later ones are not taken for it. */
const reconnectTime = 3_000

/** The evidence that decides. By chance it comes once in a thousand shed connections, or less often. */
const enough = Math.log(1_000)

/** The evidence to the contrary that is enough to shed freely. */
const trust = -Math.log(20)

/** A quotient of logarithms that should be whole is off by less than this. */
const rounding = 1e-9

/**
 * Tells whether what is shed comes back more often than chance would have it: then the balancer chooses by the client's
 * address, or sends what leaves a server to the same one again. It is Wald's sequential test of two hypotheses: what is
 * shed comes back by chance, or half of what chance would send elsewhere comes back too.
 */
export class Returns {
  #awaited: Shed[] = []
  /** The logarithm of how much better the second hypothesis explains what was seen. */
  #evidence = 0
  /** How many came back in all. */
  back = 0

  add(address: string | undefined, chance: number, now: number): void {
    this.#awaited.push({ address, at: now, chance, isBack: false })
  }

  /** A connection has opened. */
  opened(address: string, now: number): void {
    const shed = this.#awaited.find((each) => each.address === address && isOpen(each, now))
    if (shed === undefined) return
    shed.isBack = true
    this.back++
  }

  /**
   * Takes into account what is known by now: in the order in which they were shed, because those that come back are
   * known before those that stay away.
   */
  settle(now: number): void {
    const next = this.#awaited.findIndex((shed) => isOpen(shed, now))
    for (const shed of this.#awaited.splice(0, next < 0 ? Infinity : next)) this.#weigh(shed)
  }

  #weigh({ address, chance, isBack }: Shed): void {
    if (isBack) this.#evidence += ifBack(chance)
    // Where nothing can be told, what is known of others stays.
    else if (address !== undefined || this.#evidence <= 0)
      this.#evidence = Math.max(trust, this.#evidence + ifAway(chance))
  }

  get areSignificant(): boolean {
    return this.#evidence >= enough
  }

  /** How many more may be shed until more is known. */
  most(chance: number): number {
    if (this.#evidence <= trust) return Infinity
    const decisive = Math.max(1, Math.ceil((enough - this.#evidence) / ifBack(chance) - rounding))
    return Math.max(0, decisive - this.#awaited.length)
  }

  /** What is known may not be true any more: the next that comes back decides again. */
  doubt(chance: number): void {
    this.#evidence = enough - ifBack(chance)
    this.#awaited = []
  }
}

function isOpen({ at, isBack }: Shed, now: number): boolean {
  return !isBack && now - at < reconnectTime
}

function ifBack(chance: number): number {
  return Math.log(sticky(chance) / chance)
}

function ifAway(chance: number): number {
  return Math.log((1 - sticky(chance)) / (1 - chance))
}

/** How likely it comes back if half of what chance sends elsewhere comes back too. */
function sticky(chance: number): number {
  return (1 + chance) / 2
}
