import type { DrainReport, Keel, KeelDrainOptions, ServerOptions } from '@evenkeel/node'
import type { RawClient, RawResponse } from '@evenkeel/test-kit/raw-client'
import type { App, AppSettings } from '../apps/app.js'
import { type Context, serving } from '../serving.js'
import { type Time, timed, until } from './time.js'

/** The window of the suite, which is the default, in milliseconds. */
export const within = 10_000

/** Something that happened to a connection, in milliseconds since the drain began. */
export interface Happening {
  readonly key: string
  readonly at: number
}

/** What a test has of a server that is drained. */
export interface Draining extends Context, Pick<Time, 'pass' | 'passUntil' | 'settled'> {
  /** Connections in the order in which they were retired, and closed. */
  readonly retires: readonly Happening[]
  readonly closes: readonly Happening[]
  /** Sends a request, reads its response, and waits until it is over for the server as well. */
  use(client: RawClient, path?: string): Promise<RawResponse>
  /** Clients that were answered once each, one after the other, each a millisecond later. */
  used(count: number): Promise<RawClient[]>
  /** Waits, without any time going by, until so many requests are in flight. */
  inFlight(count: number): Promise<void>
  /** Begins a drain. */
  drain(options?: KeelDrainOptions): Promise<DrainReport>
}

/** Runs an application for one test, in a time of its own. */
export function draining(
  app: App,
  test: (context: Draining) => Promise<void>,
  { options = {}, ...settings }: Partial<AppSettings> = {},
): Promise<void> {
  return timed((time) => {
    const { clock } = time
    const base: ServerOptions = { clock, jitter: 0, idleTimeout: 600_000, maxConnectionAge: Infinity }
    const all = { attached: true, ...settings, options: { ...base, ...options } }
    return serving(app, all, async (context) => {
      const { connect, closed } = context
      if (!all.attached) {
        // The middleware learns its server with a request.
        const client = await connect()
        await client.request('/ok')
        client.close()
        await closed(1)
      }
      const keel = context.keel()
      const inFlight = (count: number): Promise<void> =>
        until(() => keel.snapshot().connections.active === count)
      const use = async (client: RawClient, path = '/ok'): Promise<RawResponse> => {
        const response = await client.request(path)
        await inFlight(0)
        return response
      }
      const history = new History(keel)
      await test({
        ...context,
        ...history,
        use,
        inFlight,
        pass: (milliseconds) => time.pass(milliseconds),
        passUntil: (condition) => time.passUntil(condition),
        settled: (promise) => time.settled(promise),
        used: async (count) => {
          const clients: RawClient[] = []
          while (clients.length < count) {
            await time.pass(1)
            const client = await connect()
            await use(client)
            clients.push(client)
          }
          return clients
        },
        drain: (drainOptions) => {
          history.begin()
          return keel.drain(drainOptions)
        },
      })
    })
  })
}

/** What happens to connections, from the moment on that it begins. */
class History {
  readonly retires: Happening[] = []
  readonly closes: Happening[] = []
  readonly #keel: Keel
  #start = 0

  constructor(keel: Keel) {
    this.#keel = keel
  }

  begin(): void {
    const { clock } = this.#keel.limits
    if (this.#start === 0) {
      this.#keel.on('retire', ({ connection: { key } }) =>
        this.retires.push({ key, at: clock.now() - this.#start }),
      )
      this.#keel.on('close', ({ connection: { key } }) =>
        this.closes.push({ key, at: clock.now() - this.#start }),
      )
    }
    this.#start = clock.now()
  }
}
