import type { Plan } from './plan.js'
import type { Run } from './run.js'
import type { Finding } from './verdict.js'

/** Everything that the demo found out. */
export interface Outcome {
  readonly plan: Plan
  readonly without: Run
  readonly withKeel: Run
  readonly findings: readonly Finding[]
}

/** Whether the demo has shown what it is there to show. */
export function isGood({ findings }: Outcome): boolean {
  return findings.every(({ good }) => good)
}
