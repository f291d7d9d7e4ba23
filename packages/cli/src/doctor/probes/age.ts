import type { Limits } from '../../command/budget.js'
import type { Channel } from '../channel/channel.js'
import type { Subject } from '../channel/subject.js'
import { within } from '../channel/within.js'
import { recheckCost, type Used, use } from './requests.js'

/** Connections kept in use, slowly, until the server ends them. */
export interface AgeSeen {
  /** How long they were kept in use at most, in milliseconds. */
  readonly watched: number
  readonly connections: readonly Used[]
}

const count = 2
/** How many requests a connection gets, unless its time is long. */
const usual = 101

/** Between two requests, in milliseconds: what is too short to be taken for an idle timeout, and not too many. */
const pauses = { shortest: 50, longest: 1_000 }
/** What a server promises to wait at least, where it promises anything, in milliseconds. */
const shortestPromise = 1_000

export function ageCost({ duration }: { duration: number }): Limits {
  const most = requestsIn(duration, pauseOf(duration, usual, shortestPromise))
  return { connections: 2 * count, requests: count * (most + recheckCost) }
}

/**
 * @param below how many requests a connection may get, because it is ended behind more.
 * @param promise how long the server promises to keep an idle connection, in milliseconds.
 */
export async function probeAge(subject: Subject, below: number, promise: number): Promise<AgeSeen> {
  const { duration } = subject.reach
  const pause = pauseOf(duration, Math.min(usual, below), Math.max(shortestPromise, promise))
  const requests = Math.max(2, Math.min(requestsIn(duration, pause), below))
  const started = performance.now()
  // The last request comes when all the time has passed.
  const pausing = (channel: Channel) => async (): Promise<boolean> => {
    const left = channel.openedAt + duration - performance.now()
    if (left <= 0) return false
    await within(channel.ended, Math.min(pause, left), subject.signal)
    return true
  }
  const channels = await subject.openAll(count)
  const connections = await Promise.all(
    channels.map((channel) =>
      use(channel, subject, {
        requests,
        onAnswer: () => {},
        pause: pausing(channel),
      }),
    ),
  )
  return { watched: Math.min(duration, performance.now() - started), connections }
}

function pauseOf(duration: number, requests: number, promise: number): number {
  return Math.min(Math.max(duration / (requests - 1), pauses.shortest), pauses.longest, promise / 2)
}

function requestsIn(duration: number, pause: number): number {
  return Math.ceil(duration / pause) + 1
}
