/** How much of the surplus is left, behind shedding all of it and more, where that is in vain. */
const stuck = 0.75

/** How many times the surplus must have been shed. */
const times = 2

/** How much the load of the fleet may change meanwhile, as a fraction. */
const drift = 0.25

/**
 * Tells whether the surplus does not shrink, however much is shed: also where the clients' addresses say nothing, because
 * they are hidden or shared.
 */
export class Progress {
  #surplus = 0
  #total = 0
  #shed = 0

  /** Load was shed. */
  add(load: number): void {
    this.#shed += load
  }

  isInVain(surplus: number, total: number): boolean {
    const shrinks = surplus < this.#surplus * stuck
    if (this.#surplus === 0 || shrinks || Math.abs(total - this.#total) > this.#total * drift)
      this.begin(surplus, total)
    return this.#shed >= this.#surplus * times
  }

  /** From here on it is asked anew. */
  begin(surplus: number, total: number): void {
    this.#surplus = surplus
    this.#total = total
    this.#shed = 0
  }
}
