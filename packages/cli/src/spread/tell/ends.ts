import type { Record, Records } from '../experiment/record.js'
import type { Plan } from '../plan.js'
import type { Finding } from './finding.js'
import { many } from './words.js'

/** What came between: connections that servers ended, and requests without an answer. */
export interface Ends {
  /** How many connections servers have ended. */
  readonly ended: number
  /** After how many answers, at least and at most. */
  readonly answers: readonly [least: number, most: number] | undefined
  readonly failures: Readonly<{ [reason: string]: number }>
  /** How many answers had a status of 500 or more. */
  readonly errors: number
}

/** To be called before the client closes its connections. */
export function lookForEnds({ all, failures }: Records): Ends {
  const ended = all.filter(isEndedByServer)
  const counts = ended.map(({ replies }) => replies.length)
  return {
    ended: ended.length,
    answers: counts.length === 0 ? undefined : [Math.min(...counts), Math.max(...counts)],
    failures: Object.fromEntries(failures),
    errors: all.flatMap(({ replies }) => replies).filter(({ status }) => status >= 500).length,
  }
}

export function tellEnds({ ended, answers, failures, errors }: Ends, { requests }: Plan): Finding[] {
  const findings: Finding[] = []
  if (answers !== undefined) findings.push(tellEnded(ended, answers, requests))
  const failed = Object.entries(failures)
  if (failed.length > 0)
    findings.push({
      ...{ check: 'failures', level: 'bad' },
      seen: failed
        .map(([reason, count]) => `${many(count, 'request')} without an answer: ${reason}`)
        .join('; '),
      verdict: 'what is said here rests on the others',
      cure: 'see whether the servers and what is in front can take so many connections',
    })
  if (errors > 0)
    findings.push({
      ...{ check: 'failures', level: 'bad', seen: `${many(errors, 'answer')} with a status of 500 or more` },
      ...{ verdict: 'what is said here may be about error pages', cure: 'name an address that answers' },
    })
  return findings
}

function tellEnded(ended: number, [least, most]: readonly [number, number], requests: number): Finding {
  const after = least === most ? many(least, 'answer') : `${least} to ${most} answers`
  const seen = `servers ended ${many(ended, 'connection')} after ${after}`
  if (most > 1 || requests === 1)
    return { check: 'ends', level: 'fine', seen, verdict: 'clients come back and are balanced again' }
  return {
    ...{ check: 'ends', level: 'bad', seen, verdict: 'no keep-alive: each request costs a connection' },
    cure: 'let servers keep a connection for some hundred requests',
  }
}

function isEndedByServer({ connection, isClosedByUs, replies }: Record): boolean {
  return replies.length > 0 && !isClosedByUs && !connection.isOpen
}
