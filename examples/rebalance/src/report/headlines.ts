import { nameOf } from '@evenkeel/example-stage/act'
import { thousands } from '@evenkeel/example-stage/words'
import { inOrder } from '../acts.js'
import { shares, sum } from '../evenness.js'
import type { Outcome } from '../outcome.js'
import type { Run } from '../run.js'
import { milliseconds, newServers, percent, titleOf } from '../words.js'
import { openedPerSecond, requestsPerOpened } from './rates.js'

/** What the plot of the shares shows. */
export function tellNewShare({ plan, runs }: Outcome): string {
  const share = ({ judged }: Run): string => percent(sum(shares(judged).slice(plan.serversAtFirst)))
  const fair = percent(1 - plan.serversAtFirst / plan.servers)
  const get = plan.servers - plan.serversAtFirst === 1 ? 'gets' : 'get'
  const told = listed(inOrder(runs).map((run) => `${share(run)} ${nameOf(run.act)}`))
  return `Of the requests, ${newServers(plan)} ${get} ${told}. Fair is ${fair}.`
}

/** What the plot of the connections shows. */
export function tellOpened({ plan, runs: { limit, fleet } }: Outcome): string {
  const rate = (run: Run): string => thousands(Math.round(openedPerSecond(plan, run)))
  const each = requestsPerOpened(plan, limit)
  const requests = Number.isFinite(each) ? `, one for every ${thousands(Math.round(each))} requests` : ''
  return (
    `${titleOf('limit')}, that takes ${rate(limit)} new connections a second${requests}; ` +
    `${nameOf('fleet')}, ${rate(fleet)}. In the whole run it is ${thousands(limit.opened)} and ${thousands(fleet.opened)}.`
  )
}

/** What the plot of the latency shows. */
export function tellLatency({ runs }: Outcome): string {
  const of = (percentile: 'p50' | 'p99'): string[] =>
    inOrder(runs).map(({ traffic }) => milliseconds(traffic.latency[percentile]))
  const names = inOrder(runs).map(({ act }) => nameOf(act))
  return (
    `Half of the answers take at most ${listed(of('p50'))}, and 99 of 100 at most ${listed(of('p99'))}: ` +
    `${listed(names)}.`
  )
}

/** `a, b and c`. */
function listed(parts: readonly string[]): string {
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
