import { Member, parseMemberOptions } from '@evenkeel/core'
import { AtRandom } from './at-random.js'
import type { Random } from './random.js'
import type { Rule } from './rule.js'

export type RuleName = 'heaviest first' | 'at random' | '200 requests'

/** None where connections have a limit of their own instead. */
export function newRule<Transport>(name: RuleName, random: Random, now: number): Rule<Transport> | undefined {
  if (name === '200 requests') return undefined
  return name === 'at random' ? new AtRandom(random) : new Member(parseMemberOptions({}), now)
}
