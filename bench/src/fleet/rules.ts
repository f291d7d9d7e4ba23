import { Member, parseMemberOptions } from '@evenkeel/core'
import type { Setting } from 'evenkeel/simulation'
import { AtRandom } from './at-random.js'

export type RuleName = 'heaviest first' | 'at random' | '200 requests'

/** What ends connections: a limit of their own, or a rule. */
export function governedBy(name: RuleName): Pick<Setting, 'limits' | 'newRule'> {
  const unlimited = { maxRequestsPerConnection: Infinity, maxConnectionAge: Infinity, jitter: 0 }
  if (name === '200 requests') return { limits: { ...unlimited, maxRequestsPerConnection: 200 } }
  return {
    limits: unlimited,
    newRule: (random, now) =>
      name === 'at random' ? new AtRandom(random) : new Member(parseMemberOptions({}), now),
  }
}
