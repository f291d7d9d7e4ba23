import type { FleetMember } from '@evenkeel/node'

/** One member of a fleet, as it told last. */
export interface MemberRow {
  readonly id: string
  /** Whether it is the server that the page shows. */
  readonly isOwn: boolean
  /** Its place among all, from 1 on: the first has the most, for its weight. */
  readonly rank: number
  readonly load: number
  /** The part of the load of all that is its by its weight. */
  readonly fair: number
  readonly weight: number
}

/** A fleet in a few rows, however many members it has. */
export interface Members {
  readonly count: number
  /** The load of the one in the middle, over its fair share. */
  readonly median: number
  /** Those with the most and the least, for their weights, and the own one. */
  readonly rows: readonly MemberRow[]
}

/** How many are told of from either end. */
const most = 8
const least = 4

/** Compares each member's load with its fair share. */
export function compare(members: readonly FleetMember[]): Members {
  const total = sum(members.map(({ load }) => load))
  const weights = sum(members.map(({ weight }) => weight))
  const fairOf = ({ weight }: FleetMember): number => (total * weight) / weights
  const ranked = members
    .map((member) => ({ member, ratio: total > 0 ? member.load / fairOf(member) : 0 }))
    .sort((a, b) => b.ratio - a.ratio || (a.member.id < b.member.id ? -1 : 1))
  const rows = ranked.flatMap(({ member }, i): MemberRow[] => {
    const { id, isOwn, load, weight } = member
    if (i >= most && i < ranked.length - least && !isOwn) return []
    return [{ id, isOwn, rank: i + 1, load: short(load), fair: short(fairOf(member)), weight: short(weight) }]
  })
  return { count: members.length, median: short(ranked[ranked.length >> 1]?.ratio ?? 0), rows }
}

/** With four digits that count: more are not read, and a frame should stay small. */
export function short(value: number): number {
  return Number(value.toPrecision(4))
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
