import { RawClient } from '@evenkeel/test-kit/raw-client'
import { isMarked } from '../../serving.js'

/** An ordinary client: asks whenever it is told, over one connection for as long as it may. */
export class Visitor {
  readonly #port: number
  #client: RawClient | undefined
  readonly wrong: string[] = []
  opened = 0
  served = 0

  constructor(port: number) {
    this.#port = port
  }

  async visit(): Promise<void> {
    const client = await this.#connection()
    if (client === undefined) return
    try {
      const response = await client.request('/ok')
      if (response.status !== 200 || response.body !== 'ok') this.wrong.push(response.head)
      this.served++
      if (!isMarked(response)) return
      if ((await client.ended) !== 'fin' || client.rest !== '') this.wrong.push('not ended well')
      this.#client = undefined
    } catch (error) {
      this.wrong.push((error as Error).message)
      this.#client = undefined
    }
  }

  close(): void {
    this.#client?.close()
  }

  /** None where nobody listens any more. */
  async #connection(): Promise<RawClient | undefined> {
    if (this.#client !== undefined && !this.#client.socket.readableEnded) return this.#client
    this.#client = await RawClient.connect({ port: this.#port }).catch(() => undefined)
    if (this.#client !== undefined) this.opened++
    return this.#client
  }
}
