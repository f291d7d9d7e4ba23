import { chiSquareTail } from './chance.js'

export interface Evenness {
  readonly chiSquare: number
  readonly degrees: number
  /** How probable it is that chance alone makes it as uneven, or more. */
  readonly probability: number
  /** The busiest over the mean. */
  readonly hottest: number
}

/** A chi-square is exact enough when each server can expect this many. */
const fewest = 5

/** Compares counts with equal ones (Pearson's chi-square test); nothing where there are too few to tell. */
export function judgeEvenness(counts: readonly number[]): Evenness | undefined {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  if (counts.length < 2 || mean < fewest) return undefined
  const chiSquare = counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0)
  const degrees = counts.length - 1
  return {
    ...{ chiSquare, degrees, probability: chiSquareTail(chiSquare, degrees) },
    hottest: Math.max(...counts) / mean,
  }
}
