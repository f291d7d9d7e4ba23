import { once } from 'node:events'
import { type Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { Socket } from 'node:net'
import type { Answer } from '../names/answer.js'
import { readAnswer } from './read-answer.js'
import { singleAgent } from './single-agent.js'
import type { Target } from './target.js'
import { Use } from './use.js'

/** How long a server may take to close after its client, in milliseconds. Then the connection is cut. */
const farewell = 1_000

/** A socket emits the first of these when it has ended. */
const ends = ['end', 'error', 'close'] as const

/** One connection, never replaced by another: whoever ends it, no request goes out afterwards. */
export class Connection {
  readonly from: string
  readonly #target: Target
  readonly #agent: Agent
  readonly #use = new Use()
  #socket: Socket | undefined
  #isLast = false

  /** Opens with its first request. */
  constructor(target: Target, from = '') {
    this.#target = target
    this.from = from
    const settings = from === '' ? {} : { localAddress: from }
    this.#agent = singleAgent(isSecure(target), settings, target.isInsecure)
  }

  get isOpen(): boolean {
    const socket = this.#socket
    return !this.#isLast && socket !== undefined && !socket.destroyed && socket.writable && socket.readable
  }

  /**
   * For how many milliseconds it had been idle when it ended: 0 if an answer has said that it ends, nothing as long as it
   * is open.
   */
  get idleAtEnd(): number | undefined {
    return this.#isLast ? 0 : this.#use.idle
  }

  /** @throws {Error} if there is no answer. */
  async send(): Promise<Answer> {
    const { timeout } = this.#target
    const late = new Error(`no answer within ${timeout} ms`)
    this.#use.asked()
    const message = this.#request()
    const timer = setTimeout(() => message.destroy(late), timeout)
    try {
      const [response] = (await once(message, 'response')) as [IncomingMessage]
      this.#use.answers()
      const answer = await readAnswer(response)
      this.#use.answered()
      const { connection = '' } = answer.headers
      this.#isLast = /\bclose\b/i.test(connection)
      return answer
    } catch (error) {
      throw message.errored === late ? late : error
    } finally {
      clearTimeout(timer)
    }
  }

  /** Resolves when the other side has closed, too: by then a balancer has heard of it. */
  async close(): Promise<void> {
    const socket = this.#socket
    if (socket === undefined || socket.destroyed) return
    const timer = setTimeout(() => socket.destroy(), farewell)
    socket.on('error', () => {})
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.end()
    await closed
    clearTimeout(timer)
  }

  destroy(): void {
    this.#use.ended()
    this.#agent.destroy()
    this.#socket?.destroy()
  }

  #request(): ClientRequest {
    const { url, headers, signal } = this.#target
    const send = isSecure(this.#target) ? secureRequest : request
    const message = send(url, { agent: this.#agent, headers, signal })
    // Where the answer has begun, its end tells of the same error.
    message.on('error', () => {})
    message.once('socket', (socket) => {
      if (this.#socket === socket) return
      for (const end of ends) socket.once(end, () => this.#use.ended())
      this.#socket = socket
    })
    message.end()
    return message
  }
}

function isSecure({ url }: Target): boolean {
  return url.protocol === 'https:'
}
