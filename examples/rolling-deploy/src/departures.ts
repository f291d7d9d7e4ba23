import type { Departures } from './messages.js'

const parts = 10

/** How many connections ended in each tenth of the window, and, as long as there were some, of the time behind it. */
export function tenths({ moments }: Pick<Departures, 'moments'>, window: number): number[] {
  const tenth = moments.map((moment) => Math.floor((moment / window) * parts))
  const counts = Array.from({ length: Math.max(parts, 1 + Math.max(...tenth)) }, () => 0)
  for (const index of tenth) counts[index] = (counts[index] ?? 0) + 1
  return counts
}

/** The busiest tenth as a multiple of its fair part, a tenth of all: 1 is even, 10 is all at once. */
export function busiest(counts: readonly number[]): number {
  const all = sum(counts)
  return all === 0 ? 0 : (Math.max(...counts) / all) * parts
}

/** How many ended within the window, and how many behind it. */
export function split(counts: readonly number[]): { within: readonly number[]; behind: number } {
  return { within: counts.slice(0, parts), behind: sum(counts.slice(parts)) }
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1)
  return values.length === 0 ? 0 : sum(middle) / middle.length
}

/** The sum of counts. */
export function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
