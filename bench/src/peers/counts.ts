/** How many there were of each kind. */
export type Counts = Readonly<Record<string, number>>

/** What has come between two moments; kinds of which there is none are left out. */
export function difference(before: Counts, after: Counts): Counts {
  const kinds = Object.keys(after).map((kind) => [kind, (after[kind] ?? 0) - (before[kind] ?? 0)] as const)
  return Object.fromEntries(kinds.filter(([, count]) => count > 0))
}

export function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}
