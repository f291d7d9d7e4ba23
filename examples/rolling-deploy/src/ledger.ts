/** What became of requests that have the ids 1, 2, 3 and so on. */
export interface Account {
  readonly executedOnce: number
  /** Executed twice or more often. */
  readonly executedTwice: number
  readonly neverExecuted: number
}

/** Counts how often each request was executed, over all servers. */
export function account(requests: number, executed: readonly (readonly number[])[]): Account {
  const times = new Uint8Array(requests + 1)
  for (const id of executed.flat()) times[id] = Math.min(2, (times[id] ?? 0) + 1)
  const count = (wanted: number): number => times.subarray(1).filter((time) => time === wanted).length
  return { executedOnce: count(1), executedTwice: count(2), neverExecuted: count(0) }
}
