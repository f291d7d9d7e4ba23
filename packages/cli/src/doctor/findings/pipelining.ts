import type { PipelineSeen } from '../probes/pipeline.js'
import type { Said } from './finding.js'

/** Judges what becomes of requests that were sent before the client could know that the connection ends. */
export function judgePipelining({ sent, answered, refused, saidLast, executed }: PipelineSeen): Said {
  const check = 'pipelining'
  const unanswered = sent - answered - refused
  const parts = [`${sent} requests at once: ${answered} answered`]
  if (refused > 0) parts.push(`${refused} refused with 503`)
  if (unanswered > 0) parts.push(`${unanswered} not answered`)
  const seen = parts.join(', ')
  const cure = 'hold requests back that come behind the last one: Even Keel does'
  // More than were sent: somebody else uses the server.
  const known = executed !== undefined && executed <= sent
  const unheard = known ? Math.min(unanswered, Math.max(0, executed - answered)) : 0
  if (unheard > 0) {
    return {
      check,
      level: 'bad',
      seen,
      verdict: `${unheard} executed and never answered: clients repeat them`,
      cure,
    }
  }
  if (refused > 0) return { check, level: 'note', seen, verdict: 'an error for clients that pipeline', cure }
  if (unanswered === 0) return { check, level: 'fine', seen, verdict: 'all answered' }
  if (known)
    return { check, level: 'fine', seen, verdict: 'those were not executed: a client may repeat them' }
  return {
    check,
    level: 'unknown',
    seen,
    verdict: saidLast
      ? 'a client may repeat what stands behind a response that says close; whether it was executed cannot be seen'
      : 'nobody knows whether they were executed',
    cure: 'name a path whose answer counts requests, and it can be seen',
  }
}
