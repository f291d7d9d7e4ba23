import type { Limits } from '../../command/budget.js'
import type { Read } from '../channel/answers.js'
import type { Http1Channel } from '../channel/http1.js'
import type { Subject } from '../channel/subject.js'
import type { Counter } from './counter.js'

/** What became of requests that were sent at once, without waiting for answers. */
export interface PipelineSeen {
  readonly sent: number
  readonly answered: number
  /** How many answers were 503 where the first one was not. */
  readonly refused: number
  /** Whether an answer said that it is the last. */
  readonly saidLast: boolean
  /** How many were executed, where the server's answers count. */
  readonly executed: number | undefined
}

/** At which count a server ends connections: the least and the most that was seen. */
export interface CountLimit {
  readonly least: number
  readonly most: number
}

/** How many are sent behind the last. */
const behind = 5

export function pipelineCost({ requests }: { requests: number }): Limits {
  return { connections: 2, requests: Math.ceil(requests * 1.5) + behind + 2 }
}

/** Sends requests over the end of a connection, or a few where it is not known to end. */
export async function probePipeline(
  subject: Subject<'http/1'>,
  limit: CountLimit | undefined,
  counter: Counter | undefined,
): Promise<PipelineSeen> {
  const { ahead, together } = share(limit)
  const channel = await subject.open()
  let before: number | undefined
  let first: number | undefined
  for (let sent = 0; sent < ahead; sent++) {
    const answer = await channel.exchange()
    if (answer === undefined) break
    first ??= answer.status
    before = counter?.(answer)
  }
  channel.sendRequests(together)
  const answers = await answersOf(channel, together)
  const others = answers.filter(({ status }) => status === 503 && (first ?? answers[0]?.status) !== 503)
  channel.close()
  return {
    sent: together,
    answered: answers.length - others.length,
    refused: others.length,
    saidLast: answers.some(({ isLast }) => isLast),
    executed: before === undefined ? undefined : await executedSince(before, subject, counter),
  }
}

/** How many requests are sent one behind the other, and then how many at once. */
function share(limit: CountLimit | undefined): { ahead: number; together: number } {
  if (limit === undefined) return { ahead: 1, together: behind }
  // Where limits are drawn, another connection's may lie outside those that were seen.
  const spread = limit.most - limit.least
  const ahead = Math.max(1, limit.least - 1 - spread)
  return { ahead, together: limit.most + spread - ahead + behind }
}

async function answersOf(channel: Http1Channel, count: number): Promise<Read[]> {
  const answers: Read[] = []
  while (answers.length < count) {
    const answer = await channel.next()
    if (answer === undefined) break
    answers.push(answer)
  }
  return answers
}

async function executedSince(
  before: number,
  subject: Subject<'http/1'>,
  counter: Counter | undefined,
): Promise<number | undefined> {
  const channel = await subject.open()
  const answer = await channel.exchange()
  channel.close()
  const now = answer && counter?.(answer)
  return now === undefined ? undefined : now - before - 1
}
