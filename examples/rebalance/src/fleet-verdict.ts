import type { Finding } from '@evenkeel/example-stage/finding'
import { thousands } from '@evenkeel/example-stage/words'
import { coldestOverMean, fleetTolerance, hottestOverMean } from './evenness.js'
import { cureOfHaste } from './haste.js'
import { type Plan, secondsToEvenOut } from './plan.js'
import type { Run } from './run.js'
import { percent } from './words.js'

/** Of the connections that a limit has the clients open again: more would be too many for a fleet. */
const mostReopened = 0.5

/** Whether the fleet is even, where the run is long enough for it. */
export function judgeFleet(plan: Plan, fleet: Run): Finding {
  const hottest = hottestOverMean(fleet.judged)
  const range = `${coldestOverMean(fleet.judged).toFixed(2)} to ${hottest.toFixed(2)} of the mean`
  const needed = secondsToEvenOut(plan)
  const given = plan.judgedFrom - plan.scaleOutAt
  if (given < needed) {
    const cure = `It takes about ${needed} seconds, and has ${given} here: give --seconds ${Math.ceil(needed * 1.5)} or more.`
    return { good: true, sentence: `With a fleet, the load was still evening out: ${range}.`, cure }
  }
  const most = 1 + fleetTolerance(fleet.judged)
  const good = hottest <= most
  const outcome = good ? 'every server takes its share' : 'the load did not even out'
  const sentence = `With a fleet, ${outcome}: ${range} (tolerance and chance: up to ${most.toFixed(2)}).`
  return { good, sentence, ...(good ? {} : (tellStates(fleet) ?? cureOfHaste(plan, fleet))) }
}

/** What kept a fleet from evening out, where its servers know. */
function tellStates({ statuses = [] }: Run): Pick<Finding, 'cure'> | undefined {
  const states = statuses.map(({ state }) => state)
  if (states.every((state) => state === 'even' || state === 'shedding')) return undefined
  return { cure: `At the end its servers said: ${states.join(', ')}.` }
}

/** Whether a fleet is content with fewer connections than a limit. */
export function judgeReopened({ connections }: Plan, limit: Run, fleet: Run): Finding {
  const [byLimit, byFleet] = [limit.opened - connections, fleet.opened - connections]
  const part = byLimit > 0 ? ` (${percent(byFleet / byLimit)})` : ''
  const sentence =
    `With a fleet, clients had to connect again ${thousands(byFleet)} times; ` +
    `with a limit, ${thousands(byLimit)} times${part}.`
  return { good: byFleet <= byLimit * mostReopened, sentence }
}
