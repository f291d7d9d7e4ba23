import type { Limits } from '@evenkeel/core'
import type { Numbers } from './numbers.js'

/**
 * How long a connection of the median client lives, in milliseconds, by formula: its limit times the connections of the
 * client, divided by the client's rate; no longer than its age. Limits are drawn, so the mean of what is drawn counts.
 */
export function lifeByFormula(
  numbers: Pick<Numbers, 'connections' | 'clients' | 'rate' | 'skew'>,
  { maxRequestsPerConnection, maxConnectionAge, jitter }: Limits,
): number {
  const { connections, clients, rate, skew } = numbers
  const drawn = 1 - jitter / 2
  const each = connections / clients
  // The mean of a log-normal distribution is above its median.
  const clientRate = (rate / clients) * Math.exp(-(skew ** 2) / 2)
  const byRequests = ((maxRequestsPerConnection * drawn * each) / clientRate) * 1_000
  return Math.min(byRequests, maxConnectionAge * drawn)
}
