import type { Limits } from '../../command/budget.js'
import type { Channel, Ending } from '../channel/channel.js'
import type { Subject } from '../channel/subject.js'
import { within } from '../channel/within.js'

/** How the server put an end to a connection in use: it said so, it just closed, or it answered 503. */
export type End = 'said' | 'silent' | 'refused'

/** One connection that got requests, one behind the other. */
export interface Used {
  /** How many were answered. */
  readonly requests: number
  /** None for a connection that was not ended. */
  readonly end: End | undefined
  /** Its age when it ended or was left, in milliseconds: with the response that said so, or when it was closed. */
  readonly age: number
  /** Its age at the last answer before that. */
  readonly ageBefore: number
  /** How the server closed it. */
  readonly how: Ending['how'] | undefined
}

const count = 3

/** How long a server that has said that it closes may take. */
const patience = 1_000

export function requestsCost({ requests }: { requests: number }): Limits {
  return { connections: count, requests: count * requests }
}

/** @param onAnswer is told of each answer. */
export async function probeRequests(subject: Subject, onAnswer: () => void): Promise<Used[]> {
  const channels = await subject.openAll(count)
  return Promise.all(
    channels.map((channel) => use(channel, subject, { requests: subject.reach.requests, onAnswer })),
  )
}

/** How a connection is used. */
export interface Usage {
  readonly requests: number
  readonly onAnswer: () => void
  /** Waits between two requests. False ends it. */
  readonly pause?: () => Promise<boolean>
}

/** Uses a connection until the server ends it, or enough is known. */
export async function use(channel: Channel, { signal }: Subject, usage: Usage): Promise<Used> {
  let requests = 0
  let age = 0
  let ageBefore = 0
  let first: number | undefined
  let end: End | undefined
  while (requests < usage.requests && !signal.aborted) {
    const answer = await channel.exchange()
    if (signal.aborted) break
    first ??= answer?.status
    ageBefore = age
    age = (channel.ending?.at ?? performance.now()) - channel.openedAt
    end = endOf(channel, answer?.status, first)
    if (answer !== undefined && end !== 'refused') {
      requests++
      usage.onAnswer()
    }
    if (end !== undefined) break
    if (usage.pause !== undefined && !(await usage.pause())) break
  }
  const ending = end === undefined ? undefined : await within(channel.ended, patience, signal)
  channel.close()
  return { requests, end, age, ageBefore, how: ending?.how }
}

function endOf(
  { isLeaving }: Channel,
  status: number | undefined,
  first: number | undefined,
): End | undefined {
  if (status === 503 && first !== 503) return 'refused'
  if (isLeaving) return 'said'
  return status === undefined ? 'silent' : undefined
}
