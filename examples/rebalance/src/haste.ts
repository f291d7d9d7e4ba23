import type { Finding } from '@evenkeel/example-stage/finding'
import { thousands } from '@evenkeel/example-stage/words'
import type { Plan } from './plan.js'
import type { Run } from './run.js'

/** What to do where the machine had no time for all that was planned. */
export function cureOfHaste(plan: Plan, { traffic }: Run): Pick<Finding, 'cure'> {
  const planned = plan.connections * plan.pace * plan.seconds
  if (traffic.requests > planned / 2) return {}
  const reason = `Of ${thousands(planned)} requests the machine had time for ${thousands(traffic.requests)}`
  return { cure: `${reason}: run it on one that is less busy, or give more --seconds.` }
}
