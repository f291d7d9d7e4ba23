import type { GoawaySeen } from '../probes/goaway.js'
import type { Said } from './finding.js'

/** Judges what becomes of the streams that are under way when a session ends. */
export function judgeGoaway({ sent, answered, refused, lost, saidLast }: GoawaySeen): Said {
  const check = 'goaway'
  const parts = [`${sent} streams${saidLast ? ' until GOAWAY' : ', no GOAWAY'}: ${answered} answered`]
  if (refused > 0) parts.push(`${refused} refused`)
  if (lost > 0) parts.push(`${lost} lost`)
  const seen = parts.join(', ')
  const cure = 'end sessions in two steps: a GOAWAY that still takes streams, then the last one'
  if (lost > 0)
    return { check, level: 'bad', seen, verdict: 'nobody knows whether those were executed', cure }
  if (refused > 0) {
    return { check, level: 'note', seen, verdict: 'may be repeated, and fail in clients that do not', cure }
  }
  return { check, level: 'fine', seen, verdict: saidLast ? 'nothing refused, nothing lost' : 'all answered' }
}
