import {
  type Connection,
  type FleetStatus,
  type FleetTotals,
  Member,
  parseMemberOptions,
  type Report,
} from '@evenkeel/core'
import { AtRandom } from './at-random.js'
import type { Random } from './random.js'

/** What decides for a server which connections leave: `Member`, or something to compare it with. */
export interface Rule<Transport> {
  readonly status: FleetStatus | undefined
  opened(connection: Connection<Transport>, now: number): void
  measure(now: number): Report
  decide(totals: FleetTotals, now: number): readonly Connection<Transport>[]
  lost(): void
}

export type RuleName = 'heaviest first' | 'at random' | '200 requests'

/** None where connections have a limit of their own instead. */
export function newRule<Transport>(name: RuleName, random: Random, now: number): Rule<Transport> | undefined {
  if (name === '200 requests') return undefined
  return name === 'at random' ? new AtRandom(random) : new Member(parseMemberOptions({}), now)
}
