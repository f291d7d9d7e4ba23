/** A connection that was shed, until it is known whether it came back. */
interface Shed {
  /** None where others of the same address are open, so that it could not be told which of them came back. */
  readonly address: string | undefined
  readonly at: number
  /** How likely it comes back by chance. */
  readonly chance: number
  isBack: boolean
}

/** How long a client may take to open its next connection, in milliseconds. Later ones are not taken for it. */
const reconnectTime = 3_000

/** How many of the latest are remembered. */
const remembered = 40

/** How unlikely the returns must be for chance to be ruled out. */
const significance = 0.001

/**
 * Tells whether what is shed comes back more often than chance would have it: then the balancer chooses by the client's
 * address, or sends what leaves a server to the same one again.
 */
export class Returns {
  readonly #shed: Shed[] = []

  add(address: string | undefined, chance: number, now: number): void {
    this.#shed.push({ address, at: now, chance, isBack: false })
    if (this.#shed.length > remembered) this.#shed.shift()
  }

  /** A connection has opened. */
  opened(address: string, now: number): void {
    const shed = this.#shed.find((each) => each.address === address && isAwaited(each, now))
    if (shed !== undefined) shed.isBack = true
  }

  /** How many of those that are remembered came back. */
  get back(): number {
    return this.#shed.filter(({ isBack }) => isBack).length
  }

  /** How many may still come back. */
  awaited(now: number): number {
    return this.#shed.filter((shed) => isAwaited(shed, now)).length
  }

  /** How many are known to have come back, or to have stayed away. */
  known(now: number): number {
    return this.#shed.length - this.awaited(now)
  }

  /** Whether more have come back than chance explains. */
  get areSignificant(): boolean {
    const { back } = this
    if (back < 2) return false
    const telling = this.#shed.filter(({ address }) => address !== undefined)
    return (
      tail(
        telling.map(({ chance }) => chance),
        back,
      ) <= significance
    )
  }

  clear(): void {
    this.#shed.length = 0
  }
}

/** How many must come back, if all of them do, for chance to be ruled out. */
export function sampleFor(chance: number): number {
  return chance < 1 ? Math.max(2, Math.ceil(Math.log(significance) / Math.log(chance))) : Infinity
}

function isAwaited({ at, isBack }: Shed, now: number): boolean {
  return !isBack && now - at < reconnectTime
}

/** How likely it is that at least `count` of independent events with these chances happen (Poisson binomial). */
export function tail(chances: readonly number[], count: number): number {
  let exactly = [1]
  for (const chance of chances) {
    const next = Array<number>(exactly.length + 1).fill(0)
    for (const [happened, likely] of exactly.entries()) {
      next[happened] = (next[happened] ?? 0) + likely * (1 - chance)
      next[happened + 1] = (next[happened + 1] ?? 0) + likely * chance
    }
    exactly = next
  }
  return exactly.slice(count).reduce((sum, likely) => sum + likely, 0)
}
