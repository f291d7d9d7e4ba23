import assert from 'node:assert/strict'
import { describe } from 'node:test'
import type { Event, Keel, Reason, Side, Totals } from '@evenkeel/node'
import { reasons } from '@evenkeel/node'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import fc from 'fast-check'
import { plain } from '../apps/plain.js'
import { secure } from '../apps/secure.js'
import { until } from '../drain/time.js'
import { it } from '../wire/it.js'
import type { Heard } from './heard.js'
import { type Hearing, hearing } from './hearing.js'

type Counted = Omit<Totals, 'requests'>

const causes: readonly (Reason | 'none')[] = [...reasons, 'none']
const sides: readonly (Side | 'unknown')[] = ['client', 'server', 'unknown']

function each<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>
}

/** The totals, counted once more from events alone. */
function count(events: readonly Event[]): Counted {
  const number = (condition: (event: Event) => boolean): number => events.filter(condition).length
  const ofType = (type: Event['type']): number => number((event) => event.type === type)
  return {
    opened: ofType('open'),
    closed: ofType('close'),
    retired: each(reasons, (reason) => number((event) => event.type === 'retire' && event.reason === reason)),
    closes: each(causes, (cause) =>
      each(sides, (side) =>
        number(
          (event) =>
            event.type === 'close' && (event.reason ?? 'none') === cause && (event.by ?? 'unknown') === side,
        ),
      ),
    ),
    idleCloses: {
      client: number((event) => event.type === 'close' && event.wasIdle && event.by === 'client'),
      server: ofType('idle-close'),
    },
    destroyed: ofType('destroy'),
    late: ofType('late'),
    refused: ofType('refuse'),
    drains: ofType('drain'),
  }
}

function assertSame(keel: Keel, heard: Heard): void {
  const { totals, connections } = keel.snapshot()
  const { requests: _, ...counted } = totals
  assert.deepEqual(counted, count(heard.events))
  const closes = Object.values(totals.closes).flatMap((bySide) => Object.values(bySide))
  assert.equal(
    closes.reduce((sum, value) => sum + value, 0),
    totals.closed,
  )
  assert.equal(totals.opened - totals.closed, connections.total)
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`

interface World extends Hearing {
  readonly clients: (RawClient | undefined)[]
  readonly answers: (() => void)[]
}

async function reach({ clients, connect }: World, place: number): Promise<RawClient | undefined> {
  const present = clients[place]
  if (present?.socket.writable && !present.socket.readableEnded) return present
  // Over TLS one that is refused never gets as far as this.
  const client = await connect().catch(() => undefined)
  client?.socket.on('error', () => {})
  clients[place] = client
  return client
}

const sends = (text: string) => async (world: World, place: number) => {
  const client = await reach(world, place)
  if (client?.socket.writable) client.send(text)
}

const acts: Readonly<Record<string, (world: World, place: number) => unknown>> = {
  connects: reach,
  asks: sends(get('/ok')),
  'asks again': sends(get('/ok')),
  'asks three times': sends(get('/ok') + get('/own/wait') + get('/ok')),
  'asks and waits': sends(get('/own/wait')),
  'asks for the last time': sends(get('/raw/set-header-close')),
  'asks and ends': async (world, place) => (await reach(world, place))?.socket.end(get('/ok')),
  'ends its side': ({ clients }, place) => clients[place]?.socket.end(),
  resets: ({ clients }, place) => clients[place]?.reset(),
  'an answer is given': ({ answers }) => answers.shift()?.(),
  'the first is retired': ({ keel }) => {
    for (const { key } of keel().connections()) if (keel().retire(key)) return
  },
  'a third leaves': ({ drain }) => void drain({ fraction: 0.34, within: 1_000, grace: 500 }),
  'the limits change': ({ keel }) => keel().update({ maxRequestsPerConnection: 2 }),
  'they change back': ({ keel }) => keel().update({ maxRequestsPerConnection: 4 }),
  '100 ms pass': ({ pass }) => pass(100),
  '1 s passes': ({ pass }) => pass(1_000),
  '5 s pass': ({ pass }) => pass(5_000),
}

const options: fc.Arbitrary<Record<string, number | boolean>> = fc.record({
  maxRequestsPerConnection: fc.constantFrom(1, 2, 4),
  maxConnectionAge: fc.constantFrom(2_000, 20_000),
  maxConnectionAgeGrace: fc.constantFrom(1_000, Infinity),
  maxConnections: fc.constantFrom(2, 4, Infinity),
  idleTimeout: fc.constantFrom(4_000, 60_000),
  quietGuard: fc.constantFrom(10, 500),
  dryRun: fc.boolean(),
})

describe('the totals of a snapshot', () => {
  for (const [app, numRuns] of [
    [plain, 60],
    [secure, 10],
  ] as const) {
    it(`${app.name}: are the events that were told, over ${numRuns} random runs, in dry runs too`, () => {
      const step = fc.record({ place: fc.nat(4), what: fc.constantFrom(...Object.keys(acts)) })
      const property = fc.asyncProperty(
        options,
        fc.array(step, { maxLength: 40, size: 'max' }),
        async (drawn, steps) => {
          const answers: (() => void)[] = []
          const own = {
            own: (_: unknown, response: { end(text: string): void }) =>
              void answers.push(() => response.end('ok')),
          }
          await hearing(
            app,
            { ...drawn, jitter: 0.5 },
            async (context) => {
              const { keel, heard, settled } = context
              const world: World = { ...context, clients: [], answers }
              for (const { place, what } of steps) {
                await acts[what]?.(world, place)
                assertSame(keel(), heard)
              }
              for (const answer of answers.splice(0)) answer()
              await settled(keel().drain({ within: 1_000, grace: 100 }))
              for (const client of world.clients) client?.close()
              await until(() => keel().snapshot().connections.total === 0)
              assertSame(keel(), heard)
            },
            own as never,
          )
        },
      )
      return fc.assert(property, { numRuns, timeout: 10_000 })
    })
  }
})
