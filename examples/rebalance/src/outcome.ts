import type { Judged } from '@evenkeel/example-stage/finding'
import type { Act } from './acts.js'
import type { Plan } from './plan.js'
import type { Run } from './run.js'

/** Everything that the demo found out. */
export interface Outcome extends Judged {
  readonly plan: Plan
  readonly runs: Readonly<Record<Act, Run>>
  /** The path of the report, where there is one. */
  readonly report?: string
}
