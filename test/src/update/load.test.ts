import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createHttp2Server } from 'node:http2'
import { describe } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { attach, type Keel, keyOf, type ServerOptions, type UpdateOptions } from '@evenkeel/node'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import { listening } from '@evenkeel/test-kit/listening'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { seeded } from '@evenkeel/test-kit/seeded'
import { ask, session } from '../http2/serving.js'
import { isMarked } from '../serving.js'
import { it } from '../wire/it.js'

/** Nobody may serve more than this, whatever the limits are. */
const most = 40

/** How many answers there are between two updates. */
const rhythm = 12

const base: ServerOptions = { maxRequestsPerConnection: most, maxConnectionAge: 60_000 }

/** Limits in all directions. */
function directions(dry: boolean): readonly UpdateOptions[] {
  return [
    { maxRequestsPerConnection: 3 },
    { maxRequestsPerConnection: most },
    { maxRequestsPerConnection: 1 },
    { maxRequestsPerConnection: 12, jitter: 0.9 },
    { jitter: 0 },
    { maxConnectionAge: 100 },
    { maxConnectionAge: 60_000 },
    { idleTimeout: 30_000 },
    { idleTimeout: 90_000 },
    { maxConnections: 250 },
    { maxConnections: 300, fairEviction: false },
    { maxConnections: Infinity, fairEviction: true },
    { tuneTimeouts: false },
    { tuneTimeouts: true },
    { maxConnectionAgeGrace: 60_000 },
    { maxConnectionAgeGrace: Infinity },
    { exempt: () => false },
    ...(dry ? [{ dryRun: true }, { dryRun: false }, { dryRun: false, maxRequestsPerConnection: 5 }] : []),
  ]
}

/** Counts what the application executes, and changes the limits with every so many answers. */
class Changing {
  readonly executed = new Map<string, number>()
  /** Requests of each connection. */
  readonly served = new Map<string, number>()
  updates = 0
  readonly #directions: readonly UpdateOptions[]
  readonly #random = seeded(11)
  readonly #clock: FakeClock
  keel: Keel | undefined
  #answers = 0
  isOver = false

  constructor(clock: FakeClock, dry: boolean) {
    this.#clock = clock
    this.#directions = directions(dry)
  }

  readonly listener: RequestListener = (request, response) => {
    const id = request.url ?? ''
    this.executed.set(id, (this.executed.get(id) ?? 0) + 1)
    const key = keyOf(request.socket)
    this.served.set(key, (this.served.get(key) ?? 0) + 1)
    // Some answers come at once, some a turn later.
    if (this.#random() < 0.5) response.end('ok')
    else void setImmediate().then(() => response.end('ok'))
    if (++this.#answers % rhythm === 0 && !this.isOver) this.#change()
  }

  #change(): void {
    this.#clock.advance(5)
    const options = this.#directions[Math.floor(this.#random() * this.#directions.length)]
    this.keel?.update(options ?? {})
    this.updates++
  }

  assertOnce(count: number): void {
    assert.equal(this.executed.size, count)
    assert.deepEqual(
      [...this.executed].filter(([, times]) => times !== 1),
      [],
    )
  }
}

/** A client that keeps its connection for as long as it may, and asks once for each name. */
async function client(port: number, names: readonly string[]): Promise<RawClient> {
  let connection = await RawClient.connect({ port })
  for (const name of names) {
    if (connection.socket.readableEnded || connection.socket.destroyed) {
      connection.close()
      connection = await RawClient.connect({ port })
    }
    const response = await connection.request(name)
    assert.deepEqual([response.status, response.body], [200, 'ok'])
    if (isMarked(response)) assert.equal(await connection.ended, 'fin')
  }
  return connection
}

const names = (who: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `/${who}/${index}`)

describe('keel.update under load', () => {
  for (const dry of [false, true]) {
    it(`100 keep-alive clients lose none of 1 200 requests, each is executed once${dry ? ', dry runs between' : ''}`, async () => {
      const clock = new FakeClock()
      const changing = new Changing(clock, dry)
      const server = createServer(changing.listener)
      const keel = attach(server, { ...base, clock })
      changing.keel = keel
      await listening(server, async ({ port }) => {
        const left = await Promise.all(Array.from({ length: 100 }, (_, who) => client(port, names(who, 12))))
        changing.assertOnce(1_200)
        assert.equal(changing.updates, 100)
        const { totals } = keel.snapshot()
        assert.equal(totals.requests, 1_200)
        assert.equal(totals.refused, 0)
        assert.equal(totals.destroyed, 0)
        assert.equal(totals.late, 0)
        assert.ok(totals.retired['max-requests'] > 100)
        const longest = Math.max(...changing.served.values())
        if (!dry) assert.ok(longest <= most, `one connection served ${longest} requests`)

        // Who is open still has at most as many before it as it would have on a new connection.
        changing.isOver = true
        keel.update({ dryRun: false, maxRequestsPerConnection: 5, jitter: 0.2, maxConnectionAge: Infinity })
        for (const connection of left) {
          if (connection.socket.readableEnded || connection.socket.destroyed) continue
          let more = 1
          while (!isMarked(await connection.request(`/more/${connection.key}/${more}`))) more++
          assert.ok(more <= 5, `${more} more requests`)
          assert.equal(await connection.ended, 'fin')
        }
        for (const connection of left) connection.close()
      })
    })
  }

  it('20 sessions with one stream after the other lose none of 400, each is executed once', async () => {
    const clock = new FakeClock()
    const changing = new Changing(clock, true)
    const server = createHttp2Server(changing.listener as never)
    const keel = attach(server, { ...base, clock })
    changing.keel = keel
    await listening(server, async ({ port }) => {
      const open = new Set<{ destroy(): void }>()
      const visit = async (who: number): Promise<void> => {
        let current = await session(port)
        open.add(current)
        for (const name of names(who, 20)) {
          for (;;) {
            if (current.closed || current.destroyed) {
              current = await session(port)
              open.add(current)
              current.on('error', () => {})
            }
            const { status, body, code } = await ask(current, name)
            if (status === 200) {
              assert.equal(body, 'ok')
              break
            }
            // It crossed the GOAWAY and was never seen: the client sends it again.
            assert.ok(code === 7 || code === 8, `${name} ended with code ${code}`)
            assert.equal(changing.executed.get(name), undefined)
          }
        }
      }
      await Promise.all(Array.from({ length: 20 }, (_, who) => visit(who)))
      changing.assertOnce(400)
      assert.equal(changing.updates, 33)
      const { totals } = keel.snapshot()
      assert.deepEqual([totals.requests, totals.refused, totals.destroyed], [400, 0, 0])
      for (const each of open) each.destroy()
    })
  })
})
