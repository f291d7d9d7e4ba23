import { setTimeout } from 'node:timers/promises'
import type { Limits } from '../../command/budget.js'
import type { Read } from '../channel/answers.js'
import type { Http1Channel } from '../channel/http1.js'
import type { Subject } from '../channel/subject.js'
import { within } from '../channel/within.js'
import type { CountLimit } from './pipeline.js'

/** What became of the answer to an upload. */
export interface UploadSeen {
  /** Whether it was the request behind which the server ends each connection. */
  readonly isLast: boolean
  readonly status: number | undefined
  /** Whether the answer came before the upload was sent. */
  readonly isEarly: boolean
  /** Whether the server cut the connection while the client sent. */
  readonly wasReset: boolean
  /** Whether the server said that its answer is the last. */
  readonly saidLast: boolean
  /** Whether the server ended the connection behind it. */
  readonly isClosed: boolean
}

/** The body of an upload, in bytes: more than fits into a server's first read, sent in pieces. */
export const uploadSize = 524_288
const piece: Buffer = Buffer.alloc(16_384, 'a')
const pause = 5

/** How long a server that has said that it closes may take. */
const patience = 500

export function uploadCost({ requests }: { requests: number }): Limits {
  return { connections: 2, requests: requests + 1 }
}

/** One upload on a new connection, and one as the last request of a connection where it is known which that is. */
export async function probeUpload(
  subject: Subject<'http/1'>,
  method: string,
  limit: CountLimit | undefined,
): Promise<UploadSeen[]> {
  const seen = [await upload(subject, method, 0)]
  if (limit !== undefined && limit.least === limit.most && limit.least > 1) {
    seen.push(await upload(subject, method, limit.least - 1))
  }
  return seen
}

async function upload(subject: Subject<'http/1'>, method: string, ahead: number): Promise<UploadSeen> {
  const channel = await subject.open()
  for (let sent = 0; sent < ahead; sent++) await channel.exchange()
  channel.sendHead(method, uploadSize)
  const { answer, isEarly } = await answerWhileSending(channel, subject.signal)
  if (channel.isLeaving) await within(channel.ended, patience, subject.signal)
  const seen = {
    isLast: ahead > 0,
    status: answer?.status,
    isEarly,
    wasReset: channel.wasReset,
    saidLast: channel.isLeaving,
    isClosed: channel.ending !== undefined,
  }
  channel.close()
  return seen
}

/** Goes on sending behind an early answer, as most clients do. */
async function answerWhileSending(
  channel: Http1Channel,
  signal: AbortSignal,
): Promise<{ answer: Read | undefined; isEarly: boolean }> {
  let isSent = false
  let isEarly = false
  const answered = channel.next().then((answer) => {
    isEarly = !isSent
    return answer
  })
  let hasFailed = false
  // It may fail long before it is awaited below.
  answered.catch(() => {
    hasFailed = true
  })
  const mayGoOn = (): boolean => !hasFailed && !channel.wasReset && !signal.aborted
  for (let sent = 0; sent < uploadSize && mayGoOn(); sent += piece.length) {
    channel.write(piece)
    await setTimeout(pause)
  }
  isSent = true
  return { answer: await answered, isEarly }
}
