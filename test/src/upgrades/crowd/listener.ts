import { EventSource } from 'eventsource'
import { Gate } from '../../wire/gate.js'

/** An EventSource that counts what it hears, and comes again when it was told goodbye. */
export class Listener {
  readonly #source: EventSource
  readonly #gate = new Gate()
  readonly wrong: string[] = []
  /** Messages of the stream that is open. */
  received = 0
  streams = 0
  goodbyes = 0

  /** @param again whether it comes again; otherwise it goes for good. */
  constructor(url: string, again: boolean) {
    this.#source = new EventSource(url)
    this.#source.addEventListener('hello', () => {
      this.streams++
      this.received = 0
      this.#gate.notify()
    })
    this.#source.addEventListener('message', ({ data }) => {
      this.#hear(data, again)
      this.#gate.notify()
    })
    this.#source.addEventListener('error', () => {
      if (this.streams > this.goodbyes) this.wrong.push(`ended without a goodbye behind ${this.received}`)
    })
  }

  until(condition: () => boolean): Promise<void> {
    return this.#gate.until(condition)
  }

  close(): void {
    this.#source.close()
  }

  #hear(message: string, again: boolean): void {
    const [, last] = message.split('goodbye ')
    if (last === undefined) this.received++
    else this.goodbyes++
    if (Number(last ?? message) !== this.received) this.wrong.push(`${message} behind ${this.received}`)
    if (last !== undefined && !again) this.close()
  }
}
