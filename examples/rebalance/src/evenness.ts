/** Each server's part of all requests, from 0 to 1; all 0 where there were none. */
export function shares(requests: readonly number[]): number[] {
  const all = sum(requests)
  return requests.map((count) => (all === 0 ? 0 : count / all))
}

/** The requests of the hottest server over the mean of all servers: 1 is even. */
export function hottestOverMean(requests: readonly number[]): number {
  return Math.max(...shares(requests)) * requests.length
}

/** The requests of the coldest server over the mean of all servers: 1 is even. */
export function coldestOverMean(requests: readonly number[]): number {
  return Math.min(...shares(requests)) * requests.length
}

/**
 * Jain's fairness index, (sum x)^2 / (n * sum x^2): 1 is even, k/n is k of n servers doing all the work.
 *
 * R. Jain, D. Chiu, W. Hawe, "A Quantitative Measure of Fairness and Discrimination for Resource Allocation in
 * Shared Computer Systems", DEC Research Report TR-301, 1984 (https://arxiv.org/abs/cs/9809099).
 */
export function jainIndex(requests: readonly number[]): number {
  const squares = sum(requests.map((count) => count ** 2))
  return squares === 0 ? 0 : sum(requests) ** 2 / (requests.length * squares)
}

/**
 * How far from the mean, as a part of it, chance alone may leave a server: six standard deviations.
 *
 * A server that is chosen with probability 1/n in each of `choices` independent choices gets a binomial number
 * of them, whose standard deviation over its mean is sqrt((n - 1) / choices).
 */
export function tolerance(servers: number, choices: number): number {
  return 6 * Math.sqrt((servers - 1) / choices)
}

/**
 * How far above the mean, as a part of it, a fleet may leave a server: 5 %, which its rule takes for even, and six times
 * the square root of the mean's requests, by which they may differ by chance.
 */
export function fleetTolerance(requests: readonly number[]): number {
  return 0.05 + 6 / Math.sqrt(Math.max(1, sum(requests) / requests.length))
}

/** The sum of counts. */
export function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
