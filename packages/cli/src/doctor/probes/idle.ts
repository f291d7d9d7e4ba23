import type { Limits } from '../../command/budget.js'
import type { Channel, Ending } from '../channel/channel.js'
import type { Subject } from '../channel/subject.js'
import { within } from '../channel/within.js'

/** What became of connections that were left alone behind one response. Durations in milliseconds. */
export interface IdleSeen {
  /** How long they were watched at most. */
  readonly watched: number
  readonly connections: readonly {
    /** From the response to the end. None for a connection that was not ended. */
    readonly after: number | undefined
    readonly how: Ending['how'] | undefined
    /** Whether the server said so before: GOAWAY. */
    readonly saidLast: boolean
  }[]
}

const count = 3

export const idleCost: Limits = { connections: count, requests: count }

/** A connection that has had its one response, and waits. */
export interface Idle {
  readonly channel: Channel
  /** When it had its response, by `performance.now()`. */
  readonly since: number
}

export async function leaveIdle(subject: Subject): Promise<Idle[]> {
  const channels = await subject.openAll(count)
  return Promise.all(
    channels.map(async (channel) => {
      await channel.exchange()
      return { channel, since: performance.now() }
    }),
  )
}

export async function probeIdle(idle: readonly Idle[], { reach, signal }: Subject): Promise<IdleSeen> {
  const connections = await Promise.all(
    idle.map(async ({ channel, since }) => {
      const ending = await within(channel.ended, since + reach.idle - performance.now(), signal)
      const saidLast = channel.isLeaving
      channel.close()
      return { after: ending && Math.max(0, ending.at - since), how: ending?.how, saidLast }
    }),
  )
  return { watched: performance.now() - Math.max(...idle.map(({ since }) => since)), connections }
}
