import { thousands } from '@evenkeel/example-stage/words'
import { shares, sum } from '../evenness.js'
import type { Outcome } from '../outcome.js'
import type { Run } from '../run.js'
import { milliseconds, newServers, percent } from '../words.js'
import { openedPerSecond, requestsPerOpened } from './rates.js'

/** What the plot of the shares shows. */
export function tellNewShare({ plan, runs: { without, limit } }: Outcome): string {
  const share = ({ judged }: Run): string => percent(sum(shares(judged).slice(plan.serversAtFirst)))
  const fair = percent(1 - plan.serversAtFirst / plan.servers)
  const get = plan.servers - plan.serversAtFirst === 1 ? 'gets' : 'get'
  return (
    `Without Even Keel, ${newServers(plan)} ${get} ${share(without)} of the requests; ` +
    `with it ${share(limit)}, where ${fair} is fair.`
  )
}

/** What the plot of the connections shows. */
export function tellOpened({ plan, runs: { without, limit } }: Outcome): string {
  const rate = (run: Run): string => thousands(Math.round(openedPerSecond(plan, run)))
  const each = requestsPerOpened(plan, limit)
  const requests = Number.isFinite(each) ? `, one for every ${thousands(Math.round(each))} requests` : ''
  return `That takes ${rate(limit)} new connections a second${requests}; without Even Keel it is ${rate(without)}.`
}

/** What the plot of the latency shows. */
export function tellLatency({ runs: { without, limit } }: Outcome): string {
  const of = (run: Run, percentile: 'p50' | 'p99'): string => milliseconds(run.traffic.latency[percentile])
  return (
    `Half of the answers take at most ${of(limit, 'p50')} with Even Keel, ${of(without, 'p50')} without it; ` +
    `99 of 100 take at most ${of(limit, 'p99')} and ${of(without, 'p99')}.`
  )
}
