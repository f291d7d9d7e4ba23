import { setInterval } from 'node:timers/promises'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { seeded } from '@evenkeel/test-kit/seeded'
import { isMarked } from '../../serving.js'
import { logNormal } from '../nat/log-normal.js'

/** Clients that keep their connection for as long as they may, some of them with many requests, some with few. */
export class Pinned {
  /** Connections opened in all. */
  opened = 0
  readonly #port: number
  /** How many requests each has in a round. */
  readonly #requests: readonly number[]
  readonly #clients = new Map<number, RawClient>()

  /** @param mean of the requests in a round. */
  constructor(port: number, clients: number, mean: number, seed: number) {
    this.#port = port
    const random = seeded(seed)
    const shares = Array.from({ length: clients }, () => logNormal(random, 1))
    const all = shares.reduce((sum, share) => sum + share, 0)
    this.#requests = shares.map((share) => Math.max(1, Math.round((share / all) * clients * mean)))
  }

  get size(): number {
    return this.#requests.length
  }

  /** Rounds at a steady pace, with what each worker has answered in the round. A request that fails throws. */
  async *rounds(): AsyncGenerator<ReadonlyMap<string, number>> {
    for await (const _ of setInterval(100)) {
      const served = new Map<string, number>()
      await Promise.all(this.#requests.map((requests, client) => this.#ask(client, requests, served)))
      yield served
    }
  }

  close(): void {
    for (const client of this.#clients.values()) client.close()
  }

  async #ask(number: number, requests: number, served: Map<string, number>): Promise<void> {
    for (let request = 0; request < requests; request++) {
      const client = this.#clients.get(number) ?? (await this.#open(number))
      const response = await client.request('/')
      served.set(response.body, (served.get(response.body) ?? 0) + 1)
      if (!isMarked(response)) continue
      await client.ended
      this.#clients.delete(number)
    }
  }

  async #open(number: number): Promise<RawClient> {
    this.opened++
    const client = await RawClient.connect({ port: this.#port })
    this.#clients.set(number, client)
    return client
  }
}
