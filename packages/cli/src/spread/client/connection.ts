import { once } from 'node:events'
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import type { Socket } from 'node:net'
import type { Answer } from '../names/answer.js'
import { readAnswer } from './read-answer.js'
import type { Target } from './target.js'

/** How long a server may take to close after its client, in milliseconds. Then the connection is cut. */
const farewell = 1_000

/** One connection, never replaced by another: whoever ends it, no request goes out afterwards. */
export class Connection {
  readonly from: string
  readonly #target: Target
  readonly #agent: Agent
  #socket: Socket | undefined
  #isLast = false

  /** Opens with its first request. */
  constructor(target: Target, from = '') {
    this.#target = target
    this.from = from
    const settings = { keepAlive: true, maxSockets: 1, ...(from === '' ? {} : { localAddress: from }) }
    this.#agent = isSecure(target)
      ? new SecureAgent({ ...settings, rejectUnauthorized: !target.isInsecure })
      : new Agent(settings)
  }

  get isOpen(): boolean {
    const socket = this.#socket
    return !this.#isLast && socket !== undefined && !socket.destroyed && socket.writable && socket.readable
  }

  /** @throws {Error} if there is no answer. */
  async send(): Promise<Answer> {
    const { timeout } = this.#target
    const late = new Error(`no answer within ${timeout} ms`)
    const message = this.#request()
    const timer = setTimeout(() => message.destroy(late), timeout)
    try {
      const [response] = (await once(message, 'response')) as [IncomingMessage]
      const answer = await readAnswer(response)
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
      // The agent opens another where the server has closed the first at this moment.
      if (this.#socket !== undefined && this.#socket !== socket) {
        socket.destroy()
        message.destroy(new Ended())
        return
      }
      this.#socket = socket
    })
    message.end()
    return message
  }
}

/** The server has closed the connection. */
class Ended extends Error {
  readonly code = 'ECONNRESET'
}

/** Whether a request got no answer because the server has ended the connection. */
export function isEnd(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  return code === 'ECONNRESET' || code === 'EPIPE'
}

function isSecure({ url }: Target): boolean {
  return url.protocol === 'https:'
}
