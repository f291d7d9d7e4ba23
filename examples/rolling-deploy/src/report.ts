import type { Plan } from './plan.js'
import type { Run } from './run.js'
import type { Finding } from './verdict.js'

/** Everything as one JSON document: durations in milliseconds. */
export function renderJson(plan: Plan, runs: readonly Run[], findings: readonly Finding[]): string {
  const ok = findings.every(({ good }) => good)
  return JSON.stringify({ ok, findings, plan, runs }, undefined, 2)
}
