import type { Pulse } from './pulse.js'

/** Which part of the surplus leaves at a time: what others shed at the same time is not seen yet. */
const part = 0.35

/** Connections whose rates differ by less than a twelfth count as equal: sorting all of them would take too long. */
const stepsInOctave = 8

/** Which connections leave a member, and whether any could. */
export interface Choice<Transport> {
  readonly chosen: readonly Pulse<Transport>[]
  /** None of those in use fits into the surplus: to move one would only move the hot spot. */
  readonly isTooHeavy: boolean
  /** The highest rate of those in use. */
  readonly heaviest: number
}

/**
 * The connections to shed of a surplus: the heaviest that fit into what is left of it, until a part of it is chosen. The
 * heaviest first, because it takes the fewest reconnects.
 *
 * @param surplus in requests per second.
 * @param most how many may leave.
 */
export function choose<Transport>(
  pulses: readonly Pulse<Transport>[],
  surplus: number,
  most: number,
): Choice<Transport> {
  const byRate = new Map<number, Pulse<Transport>[]>()
  let heaviest = 0
  for (const pulse of pulses) {
    if (!canLeave(pulse)) continue
    heaviest = Math.max(heaviest, pulse.rate)
    if (pulse.rate <= surplus) add(byRate, Math.floor(Math.log2(pulse.rate) * stepsInOctave), pulse)
  }
  const steps = [...byRate.keys()].sort((a, b) => b - a)
  const chosen = fill(
    steps.map((step) => byRate.get(step) ?? []),
    surplus,
    most,
  )
  return { chosen, isTooHeavy: byRate.size === 0 && heaviest > 0, heaviest }
}

function fill<Transport>(
  groups: Iterable<readonly Pulse<Transport>[]>,
  surplus: number,
  most: number,
): readonly Pulse<Transport>[] {
  const chosen: Pulse<Transport>[] = []
  let left = surplus
  for (const group of groups) {
    for (const pulse of group) {
      if (chosen.length >= most || left <= surplus * (1 - part)) return chosen
      if (pulse.rate > left) continue
      chosen.push(pulse)
      left -= pulse.rate
    }
  }
  return chosen
}

/** An idle one would not leave before its next request, nor take any load along. */
function canLeave({ connection, rate, isBeating, isShed }: Pulse): boolean {
  return isBeating && rate > 0 && !isShed && connection.retired === undefined && connection.stage === 'open'
}

function add<Key, Value>(groups: Map<Key, Value[]>, key: Key, value: Value): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [value])
  else group.push(value)
}
