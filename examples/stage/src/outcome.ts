import { isGood, type Judged } from './finding.js'

/** What came of a demo. */
export interface Outcome<Plan, Run> extends Judged {
  readonly plan: Plan
  readonly runs: readonly Run[]
}

/** Everything as one JSON document: durations in milliseconds. */
export function renderJson<Plan, Run>({ plan, runs, findings }: Outcome<Plan, Run>): string {
  return JSON.stringify({ ok: isGood({ findings }), findings, plan, runs }, undefined, 2)
}
