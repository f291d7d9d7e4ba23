import { setTimeout } from 'node:timers/promises'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { isMarked } from '../../serving.js'

/** Not every system has more than one loopback address. */
const hasAddresses = process.platform === 'linux'

/** Clients that send one request after the other, and open a connection where theirs was marked. */
export class Steady {
  /** How many requests were answered. */
  answered = 0
  /** What went wrong. */
  readonly failures: unknown[] = []
  readonly #loops: Promise<void>[]
  #isOver = false

  /**
   * Each comes from an address of its own, where there are some.
   *
   * @param balance where the next connection goes.
   */
  constructor(balance: () => number, clients: number) {
    this.#loops = Array.from({ length: clients }, (_, at) => this.#loop(balance, `127.0.1.${at + 1}`))
  }

  /** Waits until so many more requests are answered. */
  async answers(more: number): Promise<void> {
    const enough = this.answered + more
    while (this.answered < enough && this.failures.length === 0) await setTimeout(5)
  }

  async end(): Promise<void> {
    this.#isOver = true
    await Promise.all(this.#loops)
  }

  async #loop(balance: () => number, localAddress: string): Promise<void> {
    try {
      while (!this.#isOver) await this.#connection(balance(), localAddress)
    } catch (error) {
      this.failures.push(error)
    }
  }

  async #connection(port: number, localAddress: string): Promise<void> {
    const client = await RawClient.connect({ port, from: hasAddresses ? { localAddress } : {} })
    try {
      while (!this.#isOver) {
        const response = await client.request('/ok')
        if (response.status !== 200 || response.body !== 'ok') throw new Error(`answered ${response.head}`)
        this.answered++
        if (isMarked(response)) return
        await setTimeout(4)
      }
    } finally {
      client.close()
    }
  }
}
