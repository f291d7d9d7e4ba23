import type { Limits } from '../../command/budget.js'
import type { Subject } from '../channel/subject.js'

/** What became of the streams of a session that the server ended while many were under way. */
export interface GoawaySeen {
  readonly sent: number
  readonly answered: number
  /** Refused by the server, which says that it has not executed them. */
  readonly refused: number
  /** Neither answered nor refused: nobody knows whether they were executed. */
  readonly lost: number
  /** Whether the server ended the session. */
  readonly saidLast: boolean
}

const atOnce = 20

export function goawayCost({ requests }: { requests: number }): Limits {
  return { connections: 1, requests: requests + atOnce }
}

/** Keeps streams under way until the server ends the session, or so many were sent. */
export async function probeGoaway(subject: Subject<'http/2'>): Promise<GoawaySeen> {
  const channel = await subject.open()
  const outcomes = { answered: 0, refused: 0, lost: 0 }
  let sent = 0
  const mayGoOn = (): boolean =>
    !channel.isLeaving &&
    !channel.session.closed &&
    !subject.signal.aborted &&
    sent < subject.reach.requests + atOnce
  const worker = async (): Promise<void> => {
    while (mayGoOn()) {
      sent++
      const outcome = await channel.outcome()
      if (subject.signal.aborted) sent--
      else outcomes[typeof outcome === 'string' ? outcome : 'answered']++
    }
  }
  const workers = Math.min(atOnce, channel.session.remoteSettings.maxConcurrentStreams ?? atOnce)
  await Promise.all(Array.from({ length: workers }, worker))
  const saidLast = channel.isLeaving
  channel.close()
  return { sent, ...outcomes, saidLast }
}
