import type { Record, Records } from '../experiment/record.js'
import type { Plan } from '../plan.js'
import type { Finding } from './finding.js'
import { many } from './words.js'

/** A connection that ends so many milliseconds after an answer, or later, has ended because it was idle. */
const idleFrom = 100

type Range = readonly [least: number, most: number]

/** What came between: connections that servers ended, and requests without an answer. */
export interface Ends {
  /** How many connections servers have ended in use: so load moves. */
  readonly ended: number
  /** After how many answers, at least and at most. */
  readonly answers: Range | undefined
  /** How many connections servers have closed because they were idle: those in use stay. */
  readonly endedIdle: number
  /** After how many milliseconds, at least and at most. */
  readonly idle: Range | undefined
  readonly failures: Readonly<{ [reason: string]: number }>
  /** How many answers had a status of 500 or more. */
  readonly errors: number
}

/** To be called before the client closes its connections. */
export function lookForEnds({ all, failures }: Records): Ends {
  const ends = all.filter(isEndedByServer).map(({ connection, replies }) => {
    return { answers: replies.length, idle: connection.idleAtEnd ?? 0 }
  })
  const ended = ends.filter(({ idle }) => idle < idleFrom)
  const endedIdle = ends.filter(({ idle }) => idle >= idleFrom)
  return {
    ended: ended.length,
    answers: rangeOf(ended.map(({ answers }) => answers)),
    endedIdle: endedIdle.length,
    idle: rangeOf(endedIdle.map(({ idle }) => Math.round(idle))),
    failures: Object.fromEntries(failures),
    errors: all.flatMap(({ replies }) => replies).filter(({ status }) => status >= 500).length,
  }
}

export function tellEnds(ends: Ends, { requests }: Plan): Finding[] {
  const { ended, answers, endedIdle, idle, failures, errors } = ends
  const findings: Finding[] = []
  if (answers !== undefined) findings.push(tellEnded(ended, answers, requests))
  if (idle !== undefined) findings.push(tellIdle(endedIdle, idle))
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

function tellEnded(ended: number, [least, most]: Range, requests: number): Finding {
  const after = least === most ? many(least, 'answer') : `${least} to ${most} answers`
  const seen = `servers ended ${many(ended, 'connection')} after ${after}`
  if (most > 1 || requests === 1)
    return { check: 'ends', level: 'fine', seen, verdict: 'clients come back and are balanced again' }
  return {
    ...{ check: 'ends', level: 'bad', seen, verdict: 'no keep-alive: each request costs a connection' },
    cure: 'let servers keep a connection for some hundred requests',
  }
}

function tellIdle(ended: number, [least, most]: Range): Finding {
  const times = [...new Set([least, most].map((time) => (time / 1_000).toFixed(1)))]
  return {
    ...{ check: 'ends', level: 'note' },
    seen: `servers closed ${many(ended, 'connection')} that had been idle for ${times.join(' to ')} s`,
    verdict: 'an idle timeout, which moves no connection that is in use',
  }
}

function rangeOf(numbers: readonly number[]): Range | undefined {
  return numbers.length === 0 ? undefined : [Math.min(...numbers), Math.max(...numbers)]
}

function isEndedByServer({ connection, isClosedByUs, replies }: Record): boolean {
  return replies.length > 0 && !isClosedByUs && !connection.isOpen
}
