/** What Even Keel may cost. */
export const budgets = {
  /** CPU per request, as a ratio to the bare server. */
  cpuRatio: 1.03,
  /** One count, in nanoseconds. */
  count: 100,
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
