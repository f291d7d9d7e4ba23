import type { IdleSeen } from '../probes/idle.js'
import type { KeepAliveSeen } from '../probes/keep-alive.js'
import { say } from '../say.js'
import type { Said } from './finding.js'

/** How far a measurement may be off, in milliseconds. */
const error = 100
/** What a request that leaves at the last moment needs, in milliseconds. */
const enough = 500

/** Whether a server keeps connections for as long as its `Keep-Alive` header says. */
export function judgeHint({ hint }: KeepAliveSeen, idle: IdleSeen | undefined): Said {
  const check = 'hint'
  if (hint?.timeout === undefined) {
    return {
      check,
      level: 'note',
      seen: 'no Keep-Alive: timeout',
      verdict: 'clients cannot know how long a connection lasts',
    }
  }
  const max = hint.max === undefined ? '' : `, max=${hint.max}`
  const seen = `Keep-Alive: timeout=${hint.timeout / 1_000}${max}`
  if (idle === undefined) return { check, level: 'unknown', seen, verdict: 'not waited for' }
  const ends = idle.connections.flatMap(({ after }) => after ?? [])
  if (ends.length === 0) {
    if (idle.watched >= hint.timeout + enough) {
      return {
        check,
        level: 'fine',
        seen,
        verdict: `honest: still open ${say(idle.watched - hint.timeout)} later`,
      }
    }
    return {
      check,
      level: 'unknown',
      seen,
      verdict: `not known after ${say(idle.watched)}`,
      cure: `look longer: --idle ${Math.ceil(hint.timeout / 1_000) + 5}s`,
    }
  }
  const margin = Math.min(...ends) - hint.timeout
  if (margin < -error) {
    return {
      check,
      level: 'bad',
      seen,
      verdict: `not honest: closed ${say(-margin)} earlier, so clients that trust it lose requests`,
      cure: 'promise less, or keep connections longer',
    }
  }
  if (margin < enough) {
    return {
      check,
      level: 'note',
      seen,
      verdict: `honest, with no margin: a request that leaves at the last moment is lost`,
      cure: 'keep connections a second longer than promised',
    }
  }
  return { check, level: 'fine', seen, verdict: `honest, with a margin of ${say(margin)}` }
}
