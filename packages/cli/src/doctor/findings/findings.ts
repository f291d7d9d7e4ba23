import type { Peer } from '@evenkeel/core'
import type { Reach } from '../channel/subject.js'
import { limitsOf } from '../limits.js'
import type { Seen } from '../seen.js'
import type { Finding, Said } from './finding.js'
import { judgeGoaway } from './goaway.js'
import { judgeHint } from './hint.js'
import { judgeIdle } from './idle.js'
import { judgeKeepAlive } from './keep-alive.js'
import { judgeAge, judgeRequests } from './limits.js'
import { judgePipelining } from './pipelining.js'
import { judgeUpload } from './upload.js'

/** A finding for each thing that was looked at, in a fixed order. */
export function findingsOf(seen: Seen, behind: Peer | undefined, reach: Reach): Finding[] {
  const { protocol, keepAlive, idle, requests, age, pipeline, goaway, uploads = [] } = seen
  const limits = limitsOf(requests ?? [], age)
  const said: (Said | undefined)[] = [
    judgeKeepAlive(keepAlive),
    keepAlive.isKept && protocol === 'http/1' ? judgeHint(keepAlive, idle) : undefined,
    idle && judgeIdle(idle, behind, reach.idle),
    requests && judgeRequests(requests, limits, reach.requests),
    age && judgeAge(age, limits, reach.duration),
    pipeline && judgePipelining(pipeline),
    goaway && judgeGoaway(goaway),
    ...uploads.map(judgeUpload),
    ...seen.failed.map(
      ({ check, why }): Said => ({
        check,
        level: 'unknown',
        seen: why,
        verdict: 'could not be looked at',
      }),
    ),
  ]
  return said.flatMap((each) => (each === undefined ? [] : { ...each, protocol }))
}
