import { patience } from './options.js'

/**
 * The load that a member has carried for as long as what it knows of others may be out of date. What came since may be
 * that of members that have died: their last reports count still, beside the load itself.
 */
export class Lasting {
  readonly #loads: number[] = []

  /** @returns the least of this load and those of the intervals before. */
  least(load: number): number {
    this.#loads.push(load)
    if (this.#loads.length > patience + 1) this.#loads.shift()
    return Math.min(...this.#loads)
  }
}
