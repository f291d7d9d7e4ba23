import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type ClientHttp2Session, connect } from 'node:http2'
import { mock } from 'node:test'
import type { FakeClock } from '@evenkeel/test-kit/fake-clock'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { ask } from '../http2/serving.js'
import type { Protocol } from './hosts.js'
import type { Siege } from './siege.js'

/** How much time goes by in a round, in milliseconds: a fifth of the quiet guard. */
const roundTime = 100

/** The rounds of which a client asks in one: some rest longer than the quiet guard in between. */
const rhythms = [1, 2, 4, 20]

/** A client that keeps its one connection for as long as it may, and counts how many it needs. */
export abstract class GoodClient {
  opened = 0
  served = 0
  protected readonly siege: Siege
  protected readonly localAddress: string

  constructor(siege: Siege, localAddress: string) {
    this.siege = siege
    this.localAddress = localAddress
  }

  async ask(): Promise<void> {
    const { status, body } = await this.exchange()
    assert.deepEqual([status, body], [200, 'ok'])
    this.served++
  }

  protected abstract exchange(): Promise<{ readonly status: number; readonly body: string }>
}

class Http1Client extends GoodClient {
  #client: RawClient | undefined

  protected async exchange() {
    if (this.#client === undefined || this.#client.socket.readableEnded || this.#client.socket.destroyed) {
      this.opened++
      this.#client = await this.siege.connect({ from: { localAddress: this.localAddress } })
    }
    return this.#client.request('/ok')
  }
}

class Http2Client extends GoodClient {
  #client: ClientHttp2Session | undefined

  protected async exchange() {
    if (this.#client === undefined || this.#client.closed || this.#client.destroyed) {
      this.opened++
      const { secure, port, joined } = this.siege
      const options = { rejectUnauthorized: false, localAddress: this.localAddress }
      const client = connect(`${secure ? 'https' : 'http'}://127.0.0.1:${port}`, options)
      client.on('error', () => {})
      await once(client, 'connect')
      joined(client)
      this.#client = client
    }
    return ask(this.#client, '/ok')
  }
}

const kinds = { http1: Http1Client, http2: Http2Client } as const

/** Clients at addresses of their own, which ask in turn. */
export class GoodClients {
  readonly all: readonly GoodClient[]
  readonly #rhythms: readonly number[]
  readonly #clock: FakeClock
  #rounds = 0

  /** @param longest how many rounds one may rest. */
  constructor(siege: Siege, protocol: Protocol, clock: FakeClock, count: number, longest: number) {
    const Kind = kinds[protocol]
    this.all = Array.from({ length: count }, (_, n) => new Kind(siege, `127.0.2.${n + 1}`))
    this.#rhythms = rhythms.filter((rhythm) => rhythm <= longest)
    this.#clock = clock
  }

  /** A request of each. */
  async ask(): Promise<void> {
    await Promise.all(this.all.map((client) => client.ask()))
  }

  async rounds(count: number): Promise<void> {
    for (let round = 0; round < count; round++) {
      this.#clock.advance(roundTime)
      mock.timers.tick(roundTime)
      this.#rounds++
      const whose = this.all.filter((_, n) => {
        const rhythm = this.#rhythms[n % this.#rhythms.length] ?? 1
        return this.#rounds % rhythm === 0
      })
      await Promise.all(whose.map((client) => client.ask()))
    }
  }

  /** Nobody has lost a connection. */
  assertKept(): void {
    assert.deepEqual(
      this.all.map(({ opened }) => opened),
      this.all.map(() => 1),
    )
  }
}

/** Whether a newcomer over bare TCP, at an address of its own, finds a place. */
export async function finds({ keel, tcp }: Siege): Promise<boolean> {
  const { refused } = keel.snapshot().totals
  const told = new Promise<void>((resolve) => {
    keel.on('open', () => resolve())
    keel.on('refuse', () => resolve())
  })
  await tcp({ from: { localAddress: '127.0.3.1' } })
  await told
  return keel.snapshot().totals.refused === refused
}
