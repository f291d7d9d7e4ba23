import { sum } from './evenness.js'
import type { Plan } from './plan.js'
import type { Run } from './run.js'

/** The part of their fair share from which on the new servers count as filled. */
const filled = 0.8

/**
 * How many seconds after the new servers take connections they have four fifths of their fair share for the first time;
 * nothing where they never have. `evenkeel plan` tells the same figure.
 */
export function secondsUntilEven(
  { servers, serversAtFirst, scaleOutAt }: Plan,
  { seconds, scaledOutAfter = scaleOutAt }: Pick<Run, 'seconds' | 'scaledOutAfter'>,
): number | undefined {
  const fair = 1 - serversAtFirst / servers
  const even = seconds.find(({ second, requests }) => {
    const share = sum(requests.slice(serversAtFirst)) / sum(requests)
    return second > scaleOutAt && share >= fair * filled
  })
  return even && even.second - scaledOutAfter
}

/** How many connections a second were opened in the judged part. */
export function reconnectsPerSecond(
  { seconds: all, judgedFrom }: Plan,
  { seconds }: Pick<Run, 'seconds'>,
): number {
  const opened = (second: number): number => seconds[second - 1]?.opened ?? 0
  return (opened(all) - opened(judgedFrom)) / (all - judgedFrom)
}
