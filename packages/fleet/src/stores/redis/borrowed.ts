import type { SendCommand } from './options.js'
import { type Command, type Redis, unlessAborted } from './redis.js'

/** A client that waits for its Redis keeps what it cannot send. More than these would only be late reports. */
const mostUnanswered = 100

/** A Redis by the user's own client. Who has opened it closes it. */
export class Borrowed implements Redis {
  readonly name: string
  readonly #sendCommand: SendCommand
  #unanswered = 0

  constructor(name: string, sendCommand: SendCommand) {
    this.name = name
    this.#sendCommand = sendCommand
  }

  async send(command: Command, signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted()
    if (this.#unanswered >= mostUnanswered) {
      throw new Error(
        `the client has not answered ${mostUnanswered} commands, and gets no more until it does`,
      )
    }
    this.#unanswered++
    return unlessAborted(this.#answer(command), signal)
  }

  close(): void {}

  async #answer(command: Command): Promise<unknown> {
    try {
      return await this.#sendCommand(...command)
    } finally {
      this.#unanswered--
    }
  }
}
