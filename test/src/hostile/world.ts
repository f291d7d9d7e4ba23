import type { RequestListener, ServerResponse } from 'node:http'
import type { Http2Server, ServerHttp2Session } from 'node:http2'
import { mock } from 'node:test'
import type { ServerOptions } from '@evenkeel/node'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import fc from 'fast-check'
import { turns } from '../turns.js'
import type { Host } from './hosts.js'
import { besieged, type Siege } from './siege.js'

/** What a step can reach: some clients, and the requests that wait for an answer. */
export interface World<Client> {
  readonly siege: Siege
  readonly clock: FakeClock
  readonly clients: (Client | undefined)[]
  readonly held: ServerResponse[]
}

/** Something that happens, to the client in this place or to the server. */
export type Act<Client> = (world: World<Client>, place: number) => void | Promise<void>

/** Requests for `/held` wait; uploads are answered behind their end; all others at once. */
function listenerFor(held: ServerResponse[]): RequestListener {
  return (request, response) => {
    request.on('error', () => {})
    response.on('error', () => {})
    if (request.url === '/held') held.push(response)
    else if (request.method === 'POST') request.resume().on('end', () => response.end('whole'))
    else response.end('ok')
  }
}

/** What any server's application can do in the middle of it all. */
export const serverActs: Readonly<Record<string, Act<unknown>>> = {
  'the oldest request is answered': ({ held }) => void held.shift()?.end('ok'),
  'the newest request is answered': ({ held }) => void held.pop()?.end('ok'),
  'the oldest request gets half an answer': ({ held }) => void held[0]?.write('half'),
  'the oldest response is destroyed': ({ held }) => void held.shift()?.destroy(),
  'all are retired': ({ siege: { keel } }) => {
    for (const { key } of keel.connections()) keel.retire(key)
  },
  'all connections are closed': ({ siege: { server } }) => {
    if ('closeAllConnections' in server) server.closeAllConnections()
  },
  '20 ms pass': ({ clock }) => void clock.advance(20),
  '1 s passes': ({ clock }) => {
    clock.advance(1_000)
    mock.timers.tick(1_000)
  },
  '9 s pass': ({ clock }) => {
    clock.advance(9_000)
    mock.timers.tick(1_000)
  },
}

/** What happens as often as all else together: otherwise a random connection hardly lives to serve. */
const common = ['asks', 'asks and waits', 'the oldest request is answered', '20 ms pass']

const options: fc.Arbitrary<ServerOptions> = fc.record({
  maxRequestsPerConnection: fc.constantFrom(1, 3, Infinity),
  maxConnections: fc.constantFrom(2, 4, 20, Infinity),
  fairEviction: fc.boolean(),
  maxConnectionAgeGrace: fc.constantFrom(2_000, Infinity),
})

/**
 * How long one sequence may take, in milliseconds. None begins behind four times that: one that hangs does so again
 * each time it is made shorter, and its seed and path must be told before the test is given up.
 */
const longest = 5_000

/**
 * Plays random sequences of acts against a server with random options; what must be true behind each is
 * asserted as behind every attack. A failure shows its seed and path, and what is left of its sequence.
 */
export async function play<Client>(
  host: Host,
  acts: Readonly<Record<string, Act<Client>>>,
  { runs, prepare = () => {} }: { readonly runs: number; readonly prepare?: (siege: Siege) => void },
): Promise<void> {
  const step = fc.record({
    place: fc.nat(4),
    what: fc.oneof(fc.constantFrom(...common), fc.constantFrom(...Object.keys(acts))),
    pause: fc.nat(3),
  })
  const end = performance.now() + longest * 4
  const property = fc.asyncProperty(
    options,
    fc.array(step, { maxLength: 60, size: 'max' }),
    fc.boolean(),
    async (drawn, steps, isPatient) => {
      // Fast-check's own limits would give up a run that goes on, beside the next.
      if (performance.now() > end) return
      const clock = new FakeClock()
      const held: ServerResponse[] = []
      const limits = { jitter: 0.5, maxConnectionAge: 10_000, idleTimeout: 8_000, quietGuard: 10 }
      const limit = new AbortController()
      const timer = setTimeout(() => limit.abort(), longest)
      mock.timers.enable({ apis: ['setInterval'] })
      try {
        await besieged(
          host,
          { options: { ...limits, ...drawn, clock }, listener: listenerFor(held), limit: limit.signal },
          async (siege) => {
            const sessions: ServerHttp2Session[] = []
            ;(siege.server as Http2Server).on('session', (session) => sessions.push(session))
            prepare(siege)
            const world: World<Client> = { siege, clock, clients: [], held }
            for (const { place, what, pause } of steps) {
              // What is left of a run that was given up would move the clock of the next.
              limit.signal.throwIfAborted()
              await acts[what]?.(world, place)
              await turns(pause)
              siege.ledger.check()
            }
            // Clients that leave before their answers must be seen to go.
            if (isPatient) for (const response of held) response.end('at last')
            await turns(4)
            // Node does not always see the clients of HTTP/2 go, with or without Even Keel.
            for (const session of sessions) session.destroy()
          },
        )
      } finally {
        clearTimeout(timer)
        mock.timers.reset()
      }
    },
  )
  await fc.assert(property, { numRuns: runs, includeErrorInReport: true })
}
