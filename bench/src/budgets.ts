/** What Even Keel may cost. */
export const budgets = {
  /** CPU per request, as a ratio to the bare server. */
  cpuRatio: 1.03,
  /** One count, in nanoseconds. */
  count: 100,
  /** An open connection, in bytes above one of the bare server. */
  memory: 400,
  /** One pass of the sweep, in milliseconds. */
  sweep: 2,
  /** What an opened and closed connection leaves behind, in bytes: nothing, and the least there is takes 8. */
  left: 8,
} as const

/** A measurement held against its budget. */
export interface Verdict {
  readonly budget: number
  /** By how much the budget is missed, in its own unit; 0 within. */
  readonly missedBy: number
}

export function verdict(measured: number, budget: number): Verdict {
  return { budget, missedBy: Math.max(0, measured - budget) }
}
