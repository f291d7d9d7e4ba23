import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { memoryStore, type Store } from '@evenkeel/fleet'
import type { FleetEvent, FleetState } from '@evenkeel/node'
import { Asking, askFor, type Pair, twoServers } from '../fleet/two-servers.js'
import type { Context } from '../serving.js'
import { Heard } from './heard.js'

/** The warnings of the process that come while something goes on, by their codes. */
async function warned(during: () => Promise<void>): Promise<Map<string, string[]>> {
  const byCode = new Map<string, string[]>()
  const note = (warning: Error & { code?: string }): void => {
    const code = warning.code ?? ''
    byCode.set(code, [...(byCode.get(code) ?? []), warning.message])
  }
  process.on('warning', note)
  try {
    await during()
    await setImmediate()
    return byCode
  } finally {
    process.off('warning', note)
  }
}

/** What a server's listeners are told, and what is published of it, while something goes on: the same. */
async function heardOf(
  { keel, server }: Context,
  during: () => Promise<void>,
): Promise<readonly FleetEvent[]> {
  const heard = new Heard(keel(), server)
  try {
    await during()
    heard.assertPublished()
    return heard.of('fleet')
  } finally {
    heard.stop()
  }
}

const moves = (events: readonly FleetEvent[]): string[] =>
  events.map(({ before, state }) => `${before} to ${state}`)

describe('the event fleet', { timeout: 30_000 }, () => {
  it('tells listeners and the channel of each new state, with its cure and the status of that moment', () =>
    twoServers({}, async (pair) => {
      const clients = Array.from({ length: 10 }, () => new Asking(pair.one.connect, 20))
      const events = await heardOf(pair.one, async () => {
        await pair.pass(1)
        await askFor(4, clients, pair)
      })
      assert.deepEqual(moves(events), ['joining to even', 'even to shedding'])
      const [even, shedding] = events
      assert.equal(even?.cure, undefined)
      assert.equal(shedding?.status.state, 'shedding')
      assert.deepEqual([shedding?.status.members, Math.round(shedding?.status.total ?? 0)], [2, 200])
      assert.ok(Object.isFrozen(shedding?.status))
    }))

  it('tells of a state as often as it begins; a process warning tells of each once, with cause and cure', () => {
    let isDown = false
    const storeOf = (now: () => number): Store => {
      const store = memoryStore(now)
      const refused = (): Promise<never> => Promise.reject(new Error('refused'))
      return { ...store, exchange: (...report) => (isDown ? refused() : store.exchange(...report)) }
    }
    return twoServers({ storeOf }, async ({ one, other, pass }) => {
      let events: readonly FleetEvent[] = []
      const warnings = await warned(async () => {
        events = await heardOf(one, async () => {
          await pass(2)
          other.keel().detach()
          await pass(121)
          for (const down of [true, false, true]) {
            isDown = down
            await pass(5)
          }
        })
      })
      assert.deepEqual(moves(events), [
        'joining to even',
        'even to alone',
        'alone to unreachable',
        'unreachable to alone',
        'alone to unreachable',
      ])
      const [, alone, unreachable] = events
      assert.match(alone?.cure ?? '', /same store and the same group$/)
      assert.match(unreachable?.cure ?? '', /^the store of the fleet does not answer/)
      assert.deepEqual(
        [...warnings],
        [
          ['EVENKEEL_FLEET_ALONE', [`Fleet alone: ${alone?.cure}.`]],
          ['EVENKEEL_FLEET_UNREACHABLE', [`Fleet unreachable (memory: refused): ${unreachable?.cure}.`]],
        ],
      )
    })
  })

  it('tells that all 10 clients come back to the server that sheds them: sticky', () =>
    twoServers({}, async (pair) => {
      const clients = Array.from({ length: 10 }, (_, i) => {
        const from = { localAddress: `127.0.0.${i + 2}` }
        return new Asking(() => pair.one.connect({ from }), 20)
      })
      let events: readonly FleetEvent[] = []
      const warnings = await warned(async () => {
        events = await heardOf(pair.one, () => askUntil('sticky', clients, pair))
      })
      assert.deepEqual(moves(events).slice(-1), ['shedding to sticky'])
      const { cure, status } = events.at(-1) ?? assert.fail()
      assert.match(cure ?? '', /without session affinity or hashing of addresses/)
      assert.ok(status.shed >= 10, `${status.shed} were shed`)
      assert.deepEqual([...warnings], [['EVENKEEL_FLEET_STICKY', [`Fleet sticky: ${cure}.`]]])
    }))

  it('tells that a single connection carries more than the surplus: elephant', () =>
    twoServers({}, async (pair) => {
      const clients = [new Asking(pair.one.connect, 60)]
      let events: readonly FleetEvent[] = []
      const warnings = await warned(async () => {
        events = await heardOf(pair.one, () => askUntil('elephant', clients, pair))
      })
      assert.deepEqual(moves(events).slice(-1), ['shedding to elephant'])
      const { cure, status } = events.at(-1) ?? assert.fail()
      assert.equal(status.shed, 0)
      assert.deepEqual([...warnings], [['EVENKEEL_FLEET_ELEPHANT', [`Fleet elephant: ${cure}.`]]])
    }))
})

async function askUntil(state: FleetState, clients: readonly Asking[], pair: Pair): Promise<void> {
  const now = (): FleetState | undefined => pair.one.keel().snapshot().fleet?.state
  for (let second = 0; now() !== state && second < 100; second++) await askFor(1, clients, pair)
}
