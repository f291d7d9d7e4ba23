import { once } from 'node:events'
import { WebSocket } from 'ws'
import { Gate } from '../../wire/gate.js'

/** A WebSocket client that talks when it is told, and counts. */
export class Talker {
  readonly #socket: WebSocket
  readonly #gate = new Gate()
  #sent = 0
  #received = 0
  /** What is wrong, if anything. */
  readonly wrong: string[] = []
  goodbyes = 0
  /** How it was closed. */
  code: number | undefined

  static async connect(url: string): Promise<Talker> {
    const talker = new Talker(new WebSocket(url))
    await once(talker.#socket, 'open')
    return talker
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('error', () => {})
    socket.on('message', (data) => {
      this.#hear(String(data))
      this.#gate.notify()
    })
    socket.on('close', (code) => {
      this.code = code
      this.#gate.notify()
    })
  }

  /** Sends a message and waits for its answer; once goodbye is said there need be none. */
  async talk(): Promise<void> {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    this.#sent++
    this.#socket.send('hello')
    await this.#gate.until(() => this.#received === this.#sent || this.code !== undefined)
    if (this.#received < this.#sent && this.goodbyes === 0) this.wrong.push(`closed with ${this.code}`)
  }

  async closed(): Promise<void> {
    await this.#gate.until(() => this.code !== undefined)
  }

  close(): void {
    this.#socket.terminate()
  }

  #hear(message: string): void {
    const [, last] = message.split('goodbye ')
    if (last === undefined) this.#received++
    else this.goodbyes++
    if (Number(last ?? message) !== this.#received) this.wrong.push(`${message} behind ${this.#received}`)
  }
}
