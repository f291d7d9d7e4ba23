import { setTimeout as sleep } from 'node:timers/promises'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import type { Balancer } from './balancer.js'
import type { Counts } from './counts.js'

/** What clients have seen until now. */
export interface Traffic {
  /** Connections that they have opened. */
  readonly opened: number
  /** How many requests each server has answered. */
  readonly byServer: Counts
  /** Requests without a good answer, by what came instead. Nothing is sent again. */
  readonly failures: Counts
}

/**
 * A fixed number of clients, each with one keep-alive connection at a time, and one request in flight.
 * They read bytes from sockets, so that no library sends a request again or hides an error.
 */
export class Clients {
  readonly #balancer: Balancer
  /** Requests per second of each client; Infinity for as many as are answered. */
  pace: number
  readonly #byServer: Record<string, number> = {}
  readonly #failures: Record<string, number> = {}
  #latencies: number[] = []
  #opened = 0
  #stopped = false
  readonly #driven: Promise<unknown>

  constructor(balancer: Balancer, clients: number, pace: number) {
    this.#balancer = balancer
    this.pace = pace
    this.#driven = Promise.all(Array.from({ length: clients }, () => this.#drive()))
  }

  get traffic(): Traffic {
    return { opened: this.#opened, byServer: { ...this.#byServer }, failures: { ...this.#failures } }
  }

  /** How long answers have taken since the last call, a new connection included. In milliseconds. */
  takeLatencies(): number[] {
    const taken = this.#latencies
    this.#latencies = []
    return taken
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#driven
  }

  async #drive(): Promise<void> {
    let client: RawClient | undefined
    await sleep((Math.random() * 1_000) / this.pace)
    while (!this.#stopped) {
      const started = performance.now()
      if (!client?.socket.readable) client = await this.#open()
      const goesOn = client !== undefined && (await this.#exchange(client, started))
      if (!goesOn) client = close(client)
      // From the start of the request, so that a slow peer does not get fewer of them.
      const next = started + (1_000 / this.pace) * (0.5 + Math.random())
      await sleep(Math.max(0, next - performance.now()))
    }
    close(client)
  }

  async #open(): Promise<RawClient | undefined> {
    const client = await RawClient.connect({ port: this.#balancer.choose() }).catch(() => undefined)
    if (client === undefined) this.#fail('no connection')
    else this.#opened += 1
    return client
  }

  /** @returns whether the connection can be used again. */
  async #exchange(client: RawClient, started: number): Promise<boolean> {
    const response = await client.request('/').catch(() => undefined)
    if (response?.status !== 200) {
      this.#fail(response === undefined ? 'no answer' : `answered ${response.status}`)
      return false
    }
    this.#latencies.push(performance.now() - started)
    const { server } = JSON.parse(response.body)
    this.#byServer[server] = (this.#byServer[server] ?? 0) + 1
    return response.headers.get('connection') !== 'close'
  }

  #fail(reason: string): void {
    this.#failures[reason] = (this.#failures[reason] ?? 0) + 1
  }
}

function close(client: RawClient | undefined): undefined {
  client?.close()
}
