import type { ClientHttp2Session } from 'node:http2'
import { setImmediate } from 'node:timers/promises'
import type { Keel, Reason, ServerOptions } from '@evenkeel/node'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { seeded } from '@evenkeel/test-kit/seeded'
import { plain } from '../apps/plain.js'
import { draining } from '../drain/draining.js'
import { type Kind, serving as servingHttp2 } from '../drain/http2-serving.js'
import { until } from '../drain/time.js'
import { ask } from '../http2/serving.js'
import { isMarked } from '../serving.js'

/** What a client does, and how long it waits before that, in milliseconds. */
export interface Step {
  readonly client: number
  readonly pause: number
  readonly what: 'asks' | 'asks for what is exempt' | 'asks three times' | 'goes'
}

/** What a server says of its clients' visit. */
export interface Outcome {
  readonly retired: Readonly<Record<Reason, number>>
  readonly requests: number
  readonly refused: number
  readonly opened: number
}

/** A client that connects again whenever its connection has ended. */
interface Visitor {
  readonly isOpen: boolean
  ask(path: string, times: number): Promise<void>
  go(): void
}

/** The options of a visit; the draws of a run with the same seed are the same. */
export interface Visit {
  readonly options: ServerOptions
  readonly seed: number
  readonly steps: readonly Step[]
}

function optionsOf({ options, seed }: Visit): ServerOptions {
  return { ...options, random: seeded(seed), exempt: ({ url }) => url === '/exempt' || url === '/empty' }
}

/** Clients that play their steps one after the other, each behind everything that the one before brought about. */
async function play(
  { steps }: Visit,
  keel: Keel,
  pass: (milliseconds: number) => Promise<void>,
  arrive: () => Visitor,
): Promise<Outcome> {
  const visitors = new Map<number, Visitor>()
  const settle = async (): Promise<void> => {
    // Room is made behind a turn.
    await setImmediate()
    await until(() => {
      const { active, total } = keel.snapshot().connections
      return active === 0 && total === [...visitors.values()].filter(({ isOpen }) => isOpen).length
    })
  }
  for (const { client, pause, what } of steps) {
    await pass(pause)
    await settle()
    const visitor = visitors.get(client) ?? arrive()
    visitors.set(client, visitor)
    if (what === 'goes') visitor.go()
    else
      await visitor.ask(
        what === 'asks for what is exempt' ? '/empty' : '/ok',
        what === 'asks three times' ? 3 : 1,
      )
    await settle()
  }
  const { retired, requests, refused, opened } = keel.snapshot().totals
  return { retired, requests, refused, opened }
}

export async function visit(of: Visit): Promise<Outcome> {
  let outcome: Outcome | undefined
  await draining(
    plain,
    async ({ connect, keel, pass }) => {
      const hasGone = ({ key }: RawClient): boolean =>
        ![...keel().connections()].some((connection) => connection.key === key)
      outcome = await play(of, keel(), pass, () => new Http1Visitor(connect, hasGone))
    },
    { options: optionsOf(of) },
  )
  return outcome ?? Promise.reject(new Error('the visit has no outcome'))
}

export async function visitHttp2(kind: Kind, of: Visit): Promise<Outcome> {
  let outcome: Outcome | undefined
  await servingHttp2(
    kind,
    async ({ open, keel, time }) => {
      outcome = await play(
        of,
        keel,
        (milliseconds) => time.pass(milliseconds),
        () => new Http2Visitor(open),
      )
    },
    optionsOf(of),
  )
  return outcome ?? Promise.reject(new Error('the visit has no outcome'))
}

class Http1Visitor implements Visitor {
  readonly #connect: () => Promise<RawClient>
  readonly #hasGone: (client: RawClient) => boolean
  #client: RawClient | undefined

  /** @param hasGone whether the server has closed the client's connection. */
  constructor(connect: () => Promise<RawClient>, hasGone: (client: RawClient) => boolean) {
    this.#connect = connect
    this.#hasGone = hasGone
  }

  get isOpen(): boolean {
    return this.#client?.socket.closed === false
  }

  /** Asks again for what came behind a last response: it was never seen. */
  async ask(path: string, times: number): Promise<void> {
    for (let left = times; left > 0; ) {
      if (!this.isOpen) {
        this.#client = await this.#connect()
        this.#client.socket.on('error', () => {})
      }
      const client = this.#client
      if (client === undefined) return
      client.send(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(left))
      for (let isLast = false; !isLast && left > 0; left--) isLast = isMarked(await client.response())
      // The next connection takes the place of this one, not another one beside it.
      await until(() => left === 0 || (!this.isOpen && this.#hasGone(client)))
    }
  }

  go(): void {
    this.#client?.close()
  }
}

class Http2Visitor implements Visitor {
  readonly #open: () => Promise<ClientHttp2Session>
  #session: ClientHttp2Session | undefined

  constructor(open: () => Promise<ClientHttp2Session>) {
    this.#open = open
  }

  get isOpen(): boolean {
    return this.#session?.closed === false && !this.#session.destroyed
  }

  async ask(path: string, times: number): Promise<void> {
    for (let left = times; left > 0; left--) {
      if (!this.isOpen) {
        this.#session = await this.#open()
        this.#session.on('error', () => {})
      }
      const session = this.#session
      if (session === undefined) return
      await ask(session, path)
      // A GOAWAY follows the answer.
      for (let turn = 0; turn < 3; turn++) await setImmediate()
    }
  }

  go(): void {
    this.#session?.destroy()
  }
}
