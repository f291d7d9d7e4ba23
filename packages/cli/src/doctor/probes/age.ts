import type { Limits } from '../../command/budget.js'
import type { Channel } from '../channel/channel.js'
import type { Subject } from '../channel/subject.js'
import { within } from '../channel/within.js'
import { type Used, use } from './requests.js'

/** Connections kept in use, slowly, until the server ends them. */
export interface AgeSeen {
  /** How long they were kept in use at most, in milliseconds. */
  readonly watched: number
  readonly connections: readonly Used[]
}

const count = 2
/** How many requests a connection gets at most in all its time. */
const most = 101
const shortestPause = 50

export const ageCost: Limits = { connections: count, requests: count * most }

/**
 * @param below how many requests a connection may get, because it is ended behind more.
 * @param rest how long it may rest, in milliseconds, because it is ended behind longer.
 */
export async function probeAge(subject: Subject, below: number, rest: number): Promise<AgeSeen> {
  const { duration } = subject.reach
  const requests = Math.max(2, Math.min(most, Math.floor(duration / shortestPause) + 1, below))
  const pause = Math.min(duration / (requests - 1), rest)
  const started = performance.now()
  const left = (): number => started + duration - performance.now()
  // The last request comes when all the time has passed.
  const pauses = (channel: Channel) => async (): Promise<boolean> => {
    if (left() <= 0) return false
    await within(channel.ended, Math.min(pause, left()), subject.signal)
    return true
  }
  const channels = await subject.openAll(count)
  const connections = await Promise.all(
    channels.map((channel) =>
      use(channel, subject, {
        requests,
        onAnswer: () => {},
        pause: pauses(channel),
      }),
    ),
  )
  return { watched: Math.min(duration, performance.now() - started), connections }
}
