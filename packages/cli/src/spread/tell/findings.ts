import type { Verdict } from '../judge/verdict.js'
import type { By } from '../names/by.js'
import type { Plan } from '../plan.js'
import { tellChoice } from './choice.js'
import { type Ends, tellEnds } from './ends.js'
import { tellEvenness } from './evenness.js'
import type { Finding } from './finding.js'
import { tellReach } from './reach.js'
import { tellServers } from './servers.js'

/** What the command says, in the order in which it says it. */
export function tellAll(verdict: Verdict, by: By, ends: Ends, plan: Plan): Finding[] {
  const { servers, reach, choice } = verdict
  const balanced = servers.length > 1 ? [tellReach(reach, ends.ended), tellChoice(choice)] : []
  return [tellServers(servers, by, plan), ...balanced, ...tellEvenness(verdict), ...tellEnds(ends, plan)]
}
