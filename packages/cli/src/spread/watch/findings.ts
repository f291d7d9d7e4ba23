import { type Finding, moveLoad } from '../tell/finding.js'
import { many, shown } from '../tell/words.js'
import { type Arrival, findArrivals, waited } from './arrivals.js'
import type { Second } from './second.js'

/** A new server that waits no longer than this many seconds is fine: new connections find it so late or so early. */
const soon = 3

/** What a watch came to. */
export function tellWaits(known: readonly string[], seconds: readonly Second[]): Finding[] {
  const arrivals = findArrivals(known, seconds)
  const waits = arrivals.map((arrival) => tellWait(arrival, seconds.length))
  return [...(waits.length > 0 ? waits : [tellNone(seconds)]), ...tellFailures(seconds)]
}

function tellNone(seconds: readonly Second[]): Finding {
  const seen = `none came within ${many(seconds.length, 'second')}`
  const verdict = 'how long one waits is not known'
  return { check: 'a new server', level: 'unknown', seen, verdict, cure: 'scale out while it watches' }
}

function tellFailures(seconds: readonly Second[]): Finding[] {
  const failed = seconds.reduce((sum, second) => sum + second.failed, 0)
  if (failed === 0) return []
  return [
    {
      ...{ check: 'failures', level: 'bad', seen: `${many(failed, 'request')} without an answer meanwhile` },
      verdict: 'a server went, or ends connections while requests are on their way',
      cure: 'evenkeel doctor says how a server ends connections',
    },
  ]
}

function tellWait(arrival: Arrival, now: number): Finding {
  const { server, seen: since, shared, requests, of } = arrival
  const time = many(waited(arrival, now), 'second')
  const isSoon = waited(arrival, now) <= soon
  const check = 'a new server'
  const seen = `${shown(server)}: since second ${since}, with ${requests} of ${many(of, 'request')} over kept connections`
  if (shared !== undefined && isSoon)
    return { check, level: 'fine', seen, verdict: `half of its fair share after ${time}` }
  if (shared !== undefined)
    return { check, level: 'bad', seen, verdict: `half of its fair share only after ${time}`, cure: moveLoad }
  if (isSoon) return { check, level: 'unknown', seen, verdict: 'it came too late to tell how long it waits' }
  const verdict = `it still waits for half of its fair share, after ${time}`
  return { check, level: 'bad', seen, verdict, cure: moveLoad }
}
