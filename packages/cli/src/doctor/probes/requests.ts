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
  /** Whether it was left because of a 503 that other connections get too, or that does not stay. */
  readonly isBusy: boolean
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
  return { connections: 2 * count, requests: count * (requests + recheckCost) }
}

/** What {@link isRefused} sends for a connection, at most. It opens one more. */
export const recheckCost = 3

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
export async function use(channel: Channel, subject: Subject, usage: Usage): Promise<Used> {
  const { signal } = subject
  let requests = 0
  let age = 0
  let ageBefore = 0
  let first: number | undefined
  let end: End | undefined
  let isBusy = false
  while (requests < usage.requests && !signal.aborted) {
    const answer = await channel.exchange()
    if (signal.aborted) break
    first ??= answer?.status
    ageBefore = age
    age = (channel.ending?.at ?? performance.now()) - channel.openedAt
    if (answer?.status === 503 && first !== 503) {
      if (await isRefused(channel, subject)) end = 'refused'
      else isBusy = !signal.aborted
      break
    }
    end = endOf(channel, answer?.status)
    if (answer !== undefined) {
      requests++
      usage.onAnswer()
    }
    if (end !== undefined) break
    if (usage.pause !== undefined && !(await usage.pause())) break
  }
  const ending = end === undefined ? undefined : await within(channel.ended, patience, signal)
  channel.close()
  return { requests, end, isBusy, age, ageBefore, how: ending?.how }
}

/**
 * Whether a 503 is for this connection: the next answer on it is 503 too, then one on a new connection is not, and it
 * still is on this one. All other 503 come from a server that is busy, or limits the rate.
 */
async function isRefused(channel: Channel, subject: Subject): Promise<boolean> {
  if ((await channel.exchange())?.status !== 503 || subject.signal.aborted) return false
  const other = await subject.open()
  const status = (await other.exchange())?.status
  other.close()
  if (status === undefined || status === 503) return false
  return (await channel.exchange())?.status === 503
}

function endOf({ isLeaving }: Channel, status: number | undefined): End | undefined {
  if (isLeaving) return 'said'
  return status === undefined ? 'silent' : undefined
}
