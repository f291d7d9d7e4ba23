import { Backoff } from './backoff.js'
import { Progress } from './progress.js'
import { Returns } from './returns.js'

/**
 * Notices that shedding is in vain, and makes it rest. A member that has just begun to shed sheds only as many as it
 * takes to find out.
 */
export class Guard {
  readonly #returns = new Returns()
  readonly #progress = new Progress()
  readonly #backoff = new Backoff()

  /** Of the connections that were shed: how many came back, by chance or not. */
  get returned(): number {
    return this.#returns.back
  }

  isResting(now: number): boolean {
    return this.#backoff.isResting(now)
  }

  opened(address: string, now: number): void {
    this.#returns.opened(address, now)
  }

  /** @param address where it can be told by that whether the connection comes back. */
  shed(address: string | undefined, load: number, chance: number, now: number): void {
    this.#returns.add(address, chance, now)
    this.#progress.add(load)
  }

  /** Nothing has to be shed. */
  rested(): void {
    this.#progress.begin(0)
  }

  /**
   * How many connections may be shed now.
   *
   * @param chance the part of all new connections that comes to this member.
   */
  most(surplus: number, load: number, total: number, chance: number, now: number): number {
    // Everything comes back to the only member.
    if (chance >= 1 || this.#backoff.isResting(now)) return 0
    this.#returns.settle(now)
    if (this.#returns.areSignificant || this.#progress.isInVain(surplus, load, total)) {
      this.#backoff.rest(now)
      this.#returns.doubt(chance)
      this.#progress.begin(total)
      return 0
    }
    const most = this.#returns.most(chance)
    if (most === Infinity) this.#backoff.clear()
    return most
  }
}
