import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { describe } from 'node:test'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { assertKept, assertMarked } from '../serving.js'
import { it } from '../wire/it.js'
import { inFleet } from './world.js'

const switching = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n'

/** Asserts that what is sent comes back. */
async function echoes(client: RawClient, text: string): Promise<void> {
  const before = client.rest.length
  client.send(text)
  while (client.rest.length < before + text.length) await once(client.socket, 'progress')
  assert.equal(client.rest.slice(before), text)
}

describe('a connection that was upgraded', () => {
  it('is not shed within 30 s above the fair share, where it would have been the first of 3', () =>
    inFleet({}, {}, async ({ server, keel, store, connect, interval }) => {
      server.on('upgrade', (_, socket: Duplex) => {
        socket.write(switching)
        socket.pipe(socket)
      })
      const [heavy, upgraded, light] = [await connect(), await connect(), await connect()]
      const all = [
        [heavy, 40],
        [upgraded, 30],
        [light, 10],
      ] as const
      store.others = { load: 80, weight: 1, members: 1 }
      for (let second = 0; second < 10; second++) await interval(new Map(all))
      // 80 of 90 instead of the half: a surplus of 35.
      store.others = { load: 10, weight: 1, members: 1 }
      for (let sent = 0; sent < 30; sent++) assertKept(await upgraded.request('/'))
      upgraded.send('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
      assert.equal((await upgraded.response()).status, 101)
      await interval(
        new Map([
          [heavy, 40],
          [light, 10],
        ]),
      )
      assert.equal(keel.snapshot().totals.retired.fleet, 1)
      assertMarked(await light.request('/'))
      assert.equal(await light.ended, 'fin')
      for (let second = 0; second < 30; second++) {
        const [response] = await interval(new Map([[heavy, 40]]))
        assert.ok(response)
        assertKept(response)
      }
      await echoes(upgraded, 'as before')
      assert.equal(keel.snapshot().totals.retired.fleet, 1)
    }))
})
