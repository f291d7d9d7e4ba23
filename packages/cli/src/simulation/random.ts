import { randomBeta, randomExponential, randomLogNormal, randomNormal } from 'd3-random'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Above it a Poisson distribution is close enough to a normal one. */
const many = 30

/** Everything that is drawn by chance, from one seed: the same run gets the same result. */
export class Random {
  /** From 0 to below 1. */
  readonly uniform: () => number
  /** With a mean of 1. */
  readonly exponential: () => number
  readonly #normal: () => number

  constructor(seed: number) {
    const generator = xoroshiro128plus(seed)
    this.uniform = () => (generator.next() >>> 0) / 2 ** 32
    this.exponential = randomExponential.source(this.uniform)(1)
    this.#normal = randomNormal.source(this.uniform)()
  }

  below(count: number): number {
    return Math.floor(this.uniform() * count)
  }

  /** Draws from a log-normal distribution. */
  logNormal(mean: number, sigma: number): () => number {
    return randomLogNormal.source(this.uniform)(Math.log(mean) - sigma ** 2 / 2, sigma)
  }

  /** The `rank`-th smallest of so many numbers from 0 to 1. */
  ranked(rank: number, count: number): number {
    return randomBeta.source(this.uniform)(rank, count + 1 - rank)()
  }

  /** How many requests arrive where `mean` are expected. By hand, because a million connections draw it each second. */
  poisson(mean: number): number {
    if (mean > many) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.#normal()))
    let count = 0
    let likely = Math.exp(-mean)
    for (let left = this.uniform() - likely; left >= 0 && likely > 0; left -= likely) likely *= mean / ++count
    return count
  }
}
