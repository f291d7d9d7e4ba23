import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { createFleet, redisStore, type Store } from '@evenkeel/fleet'
import type { FleetState, Keel } from '@evenkeel/node'
import { plain } from '../../apps/plain.js'
import type { RedisServer } from './redis-server.js'
import { Relay } from './relay.js'
import { Steady } from './steady.js'

/** A server of the fleet, and the states that it has seen. */
export interface Member {
  readonly keel: Keel
  readonly states: readonly FleetState[]
  readonly clients: Steady
}

/** A fleet of 2 servers in use. */
export interface Day {
  readonly relay: Relay
  readonly members: readonly [Member, Member]
  /** Resolves when both servers see so many members. */
  together(members?: number): Promise<void>
  /** Resolves when both servers have lost the fleet. */
  apart(): Promise<void>
  /** Asserts that requests are answered meanwhile, by both servers. */
  used(): Promise<void>
}

/** How a day differs from others. */
export interface Setting {
  readonly isOpen?: boolean
  readonly clients?: readonly [number, number]
  readonly weights?: readonly [number, number]
  /** How often a member reports, in milliseconds. Default 100. */
  readonly interval?: number
  readonly reach?: (relay: Relay) => Store
}

/** Plays a day with a real Redis, real servers and clients. No request may fail. */
export async function day(
  server: RedisServer,
  setting: Setting,
  test: (day: Day) => Promise<void>,
): Promise<void> {
  const { isOpen = true, clients = [4, 4], weights = [1, 1], interval = 100 } = setting
  const { reach = ({ url }) => redisStore(url) } = setting
  await server.run('FLUSHALL')
  const relay = await Relay.open(server.path)
  if (!isOpen) await relay.close()
  const close: (() => Promise<void>)[] = []
  try {
    const start = async (at: 0 | 1): Promise<Member> => {
      const store = reach(relay)
      const fleet = createFleet({ store, interval, window: 500, weight: weights[at] })
      const app = await plain.listen({ options: { fleet } })
      const states: FleetState[] = []
      app.keel.on('fleet', ({ state }) => states.push(state))
      const steady = new Steady(() => app.port, clients[at])
      close.push(() => steady.end(), app.close)
      return { keel: app.keel, states, clients: steady }
    }
    const members = [await start(0), await start(1)] as const
    await test({
      relay,
      members,
      together: (count = 2) =>
        until(() => members.every(({ keel }) => isIn(keel) && keel.snapshot().fleet?.members === count)),
      apart: () => until(() => members.every(({ keel }) => keel.snapshot().fleet?.state === 'unreachable')),
      used: async () => {
        for (const { clients: steady } of members) await steady.answers(20)
      },
    })
    for (const { clients: steady } of members) assert.deepEqual(steady.failures, [])
  } finally {
    for (const end of close) await end()
    if (relay.isOpen) await relay.close()
  }
}

function isIn(keel: Keel): boolean {
  const state = keel.snapshot().fleet?.state
  return state !== undefined && state !== 'joining' && state !== 'unreachable'
}

/** What is asked for is told by no event: it is looked at again and again. */
export async function until(isTrue: () => boolean): Promise<void> {
  for (let looks = 0; !isTrue(); looks++) {
    if (looks === 6_000) throw new Error(`in vain: ${isTrue}`)
    await setTimeout(5)
  }
}

/** The usual limits are in force. */
export function assertInForce({ limits }: Keel): void {
  assert.deepEqual([limits.maxRequestsPerConnection, limits.maxConnectionAge], [1_000, 300_000])
}

/** The limits rest, because the fleet evens the load. */
export function assertAtRest({ limits }: Keel): void {
  assert.deepEqual([limits.maxRequestsPerConnection, limits.maxConnectionAge], [Infinity, 3_600_000])
}
