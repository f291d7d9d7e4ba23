/** Below this probability it was not by chance: a verdict asks a few such questions, and is to be right 999 times of 1,000. */
export const significant = 0.0003

/**
 * The probability of a chi-square as large as this or larger: the regularized upper incomplete gamma function
 * Q(degrees / 2, chiSquare / 2).
 *
 * By its series below a + 1 and its continued fraction above (Abramowitz and Stegun, Handbook of Mathematical Functions,
 * 6.5.29 and 6.5.31, the fraction evaluated by Lentz's method).
 */
export function chiSquareTail(chiSquare: number, degrees: number): number {
  const a = degrees / 2
  const x = chiSquare / 2
  if (x <= 0) return 1
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a))
  return x < a + 1 ? 1 - scale * series(a, x) : scale * fraction(a, x)
}

/** The probability of this many successes or more in so many independent trials. */
export function binomialTail(successes: number, trials: number, probability: number): number {
  if (successes <= 0) return 1
  if (probability <= 0) return 0
  if (probability >= 1) return 1
  let tail = 0
  for (let count = successes; count <= trials; count++) {
    const ways = logGamma(trials + 1) - logGamma(count + 1) - logGamma(trials - count + 1)
    tail += Math.exp(ways + count * Math.log(probability) + (trials - count) * Math.log1p(-probability))
  }
  return Math.min(1, tail)
}

function series(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < 1_000 && term > sum * 1e-15; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

function fraction(a: number, x: number): number {
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let value = d
  for (let n = 1; n < 1_000; n++) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / nonZero(numerator * d + b)
    c = nonZero(b + numerator / c)
    value *= c * d
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return value

  function nonZero(number: number): number {
    return Math.abs(number) < tiny ? tiny : number
  }
}

/** Of whole and half numbers above 0, by the recurrence from 1 and 1/2: that is all that is asked for here. */
function logGamma(value: number): number {
  let sum = value % 1 === 0 ? 0 : Math.log(Math.PI) / 2
  for (let each = value - 1; each > 0; each--) sum += Math.log(each)
  return sum
}
