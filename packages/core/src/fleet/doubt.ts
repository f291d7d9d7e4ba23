import { patience } from './options.js'

/** From which growth on a fleet may have members that have died: the last reports of fewer than that do no harm. */
const sudden = 1.1

/**
 * What of a load counts. A load is known at once, and the others' with a delay: what has come since the interval before
 * can't be compared with theirs. When members have died, others take over their load, while their last reports count
 * for some intervals more: then the whole fleet seems to grow, and nothing counts that has come since.
 */
export class Doubt {
  readonly #loads: number[] = []
  readonly #totals: number[] = []

  /** @returns the part of this interval's load that is beyond doubt. */
  least(load: number, total: number): number {
    keep(this.#loads, load)
    keep(this.#totals, total)
    const hasGrown = total > Math.min(...this.#totals) * sudden
    return Math.min(...(hasGrown ? this.#loads : this.#loads.slice(-2)))
  }
}

function keep(loads: number[], load: number): void {
  loads.push(load)
  if (loads.length > patience + 1) loads.shift()
}
