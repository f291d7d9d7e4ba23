import { once } from 'node:events'
import type { RequestListener, ServerResponse } from 'node:http'
import type { RawClient, RawResponse } from '@evenkeel/test-kit/raw-client'

/** A response whose headers are sent at once, and whose end comes when the test says so. */
export class HeldStream {
  #response: ServerResponse | undefined

  readonly own: RequestListener = (_, response) => {
    this.#response = response
    response.write('begun')
  }

  /** Begins one, and resolves when its headers have come. */
  async begin(client: RawClient): Promise<{ readonly response: Promise<RawResponse> }> {
    const begun = once(client.socket, 'progress')
    const response = client.request('/own/stream')
    await begun
    return { response }
  }

  end(): void {
    this.#response?.end(', done')
  }
}
