import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { fleetAt } from '@evenkeel/fleet'
import { attach, type Keel } from '@evenkeel/node'
import { collect } from '@evenkeel/prometheus'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { type Time, timed } from '../drain/time.js'
import { valuesIn } from '../prometheus/scrape.js'
import { it } from '../wire/it.js'
import { listen } from './world.js'

/** A server of the process. */
interface Joined {
  readonly keel: Keel
  open(): Promise<void>
  close(): Promise<void>
  connect(): Promise<RawClient>
}

/** Two servers that are one member, and a time that the test lets go by. */
function jointly(
  test: (one: Joined, other: Joined, time: Time) => Promise<void>,
  address = 'cluster',
): Promise<void> {
  return timed(async (time) => {
    const fleet = fleetAt(address)
    const joined = async (): Promise<Joined> => {
      const server = createServer((_request, response) => response.end('ok'))
      const keel = attach(server, { clock: time.clock, random: () => 0, fleet })
      await listen(server)
      const close = async (): Promise<void> => {
        if (!server.listening) return
        const closed = once(server, 'close')
        server.close()
        server.closeAllConnections()
        await closed
      }
      const connect = (): Promise<RawClient> =>
        RawClient.connect({ port: (server.address() as AddressInfo).port })
      return { keel, open: () => listen(server), close, connect }
    }
    const servers = [await joined(), await joined()] as const
    try {
      await time.passUntil(() => servers.every(({ keel }) => keel.snapshot().fleet?.state !== 'joining'))
      await test(...servers, time)
    } finally {
      for (const { close } of servers) await close()
    }
  })
}

/** Whether each member that a server sees is its own. */
async function ownIn({ keel }: Joined): Promise<readonly boolean[]> {
  return (await keel.members()).map(({ isOwn }) => isOwn)
}

describe('2 servers that are one member', () => {
  for (const [name, closing] of [
    ['first', 0],
    ['second', 1],
  ] as const) {
    it(`go on as that member when the ${name} of them closes: the other's load is told`, () =>
      jointly(async (...[one, other, time]) => {
        const servers = [one, other] as const
        const left = servers[1 - closing] ?? assert.fail()
        await servers[closing].close()
        assert.deepEqual(await ownIn(left), [true])
        const client = await left.connect()
        for (let request = 0; request < 10; request++) await client.request('/')
        client.close()
        await time.pass(1_000)
        assert.ok((left.keel.snapshot().fleet?.load ?? 0) > 0)
        assert.equal(servers[closing].keel.snapshot().fleet, undefined)
      }))
  }

  it('leave when one drains with the 1 connection of both, and are back when the other has 1', () =>
    jointly(async (one, other, time) => {
      const client = await one.connect()
      await client.request('/')
      const drained = one.keel.drain()
      assert.deepEqual(await ownIn(other), [])
      assert.equal(one.keel.snapshot().fleet, undefined)
      const next = await other.connect()
      await next.request('/')
      await time.pass(1_000)
      assert.deepEqual(await ownIn(other), [true])
      for (const each of [client, next]) each.close()
      await time.settled(drained)
    }))

  it('go on as that member when one drains with 1 of 2 connections', () =>
    jointly(async (one, other, time) => {
      const clients = [await one.connect(), await other.connect()]
      for (const client of clients) await client.request('/')
      const drained = one.keel.drain()
      assert.deepEqual(await ownIn(other), [true])
      for (const client of clients) client.close()
      await time.settled(drained)
    }))

  it('are none when both have closed, and one again when one listens again', () =>
    jointly(async (one, other, time) => {
      await one.close()
      const before = await other.keel.members()
      assert.equal(before.length, 1)
      await other.close()
      assert.deepEqual(await ownIn(other), [])
      assert.equal(other.keel.snapshot().fleet, undefined)
      await one.open()
      await time.passUntil(() => one.keel.snapshot().fleet?.state === 'even')
      const [member, ...others] = await one.keel.members()
      assert.deepEqual(others, [])
      assert.notEqual(member?.id, before[0]?.id)
    }))

  it('are counted once: a weight of 1, and 1 state', () =>
    jointly(async (one, other) => {
      const register = collect([one.keel, other.keel])
      for (const isClosed of [false, true]) {
        if (isClosed) await one.close()
        const values = valuesIn(await register.metrics())
        assert.equal(values.get('evenkeel_fleet_weight'), 1)
        assert.equal(values.get('evenkeel_fleet_state{state="even"}'), 1)
      }
    }))

  it('are told both that the store is unreachable, and the process is warned once', async () => {
    const codes: (string | undefined)[] = []
    const note = (warning: Error & { code?: string }): void => void codes.push(warning.code)
    process.on('warning', note)
    try {
      // Nothing listens there.
      await jointly(async (one, other) => {
        for (const { keel } of [one, other]) assert.equal(keel.snapshot().fleet?.state, 'unreachable')
      }, 'redis://127.0.0.1:1')
      await setImmediate()
    } finally {
      process.off('warning', note)
    }
    assert.deepEqual(
      codes.filter((code) => code?.startsWith('EVENKEEL_')),
      ['EVENKEEL_FLEET_UNREACHABLE'],
    )
  })
})
