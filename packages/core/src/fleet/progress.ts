/** How much of the surplus is left, behind shedding, where that is in vain. */
const stuck = 0.75

/**
 * Which part of its load a member must have shed. If chance decides where connections go, shedding a quarter is enough
 * to move a quarter of any surplus, even while all others that are above their share shed too.
 */
const part = 1

/** The fewest connections that must have been shed: of a few, chance may send all back. */
const fewest = 12

/** How much the load of the fleet may change meanwhile, as a fraction. */
const drift = 0.25

/**
 * Tells whether the surplus does not shrink, however much is shed: also where the clients' addresses say nothing, because
 * they are hidden or shared.
 */
export class Progress {
  /** The largest since the question was asked. */
  #surplus = 0
  #total = 0
  #shed = 0
  #connections = 0

  /** Load was shed. */
  add(load: number): void {
    this.#shed += load
    this.#connections++
  }

  isInVain(surplus: number, load: number, total: number): boolean {
    const shrinks = surplus < this.#surplus * stuck
    const drifts = Math.abs(total - this.#total) > this.#total * drift
    if (shrinks || drifts) this.begin(total)
    this.#surplus = Math.max(this.#surplus, surplus)
    return this.#shed >= load * part && this.#connections >= fewest
  }

  /** From here on it is asked anew. */
  begin(total: number): void {
    this.#surplus = 0
    this.#total = total
    this.#shed = 0
    this.#connections = 0
  }
}
