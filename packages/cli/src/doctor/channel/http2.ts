import { type ClientHttp2Session, connect as connectSession, constants } from 'node:http2'
import type { Socket } from 'node:net'
import type { Budget } from '../../command/budget.js'
import { CouldNotRun } from '../../command/could-not-run.js'
import type { Answer, Channel, Ending } from './channel.js'
import { connect } from './connect.js'
import { EndWatch } from './ending.js'
import { addressOf, isSecure, pathOf, type Target } from './target.js'

/** What became of a request: an answer, a refusal that says it was not executed, or nothing that is known. */
export type Outcome = Answer | 'refused' | 'lost'

/** Fields that speak of an HTTP/1 connection: HTTP/2 forbids them (RFC 9113, 8.2.2). */
const onlyHttp1 = [
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]

/** A connection that speaks HTTP/2. */
export class Http2Channel implements Channel {
  readonly protocol = 'http/2'
  readonly openedAt: number = performance.now()
  readonly session: ClientHttp2Session
  isLeaving = false
  readonly #target: Target
  readonly #budget: Budget
  readonly #watch: EndWatch

  /** @throws {CouldNotRun} where the server does not speak it. */
  static async open(target: Target, budget: Budget, signal: AbortSignal): Promise<Http2Channel> {
    budget.takeConnection()
    const socket = await connect(target, ['h2'], signal)
    const channel = new Http2Channel(target, budget, socket)
    await channel.#greeted(socket)
    return channel
  }

  private constructor(target: Target, budget: Budget, socket: Socket) {
    this.#target = target
    this.#budget = budget
    this.#watch = new EndWatch(socket)
    const { host } = addressOf(target)
    const authority = `${isSecure(target) ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}`
    this.session = connectSession(authority, { createConnection: () => socket })
    this.session.on('error', () => {})
    this.session.on('goaway', () => {
      this.isLeaving = true
    })
  }

  get ending(): Ending | undefined {
    return this.#watch.ending
  }

  get ended(): Promise<Ending> {
    return this.#watch.ended
  }

  async exchange(): Promise<Answer | undefined> {
    const outcome = await this.outcome()
    return typeof outcome === 'string' ? undefined : outcome
  }

  /** Sends a request and waits for what becomes of it. */
  outcome(): Promise<Outcome> {
    const { url, headers, timeout } = this.#target
    if (this.session.closed || this.session.destroyed) return Promise.resolve('refused')
    this.#budget.takeRequests()
    return new Promise((resolve, reject) => {
      const { host, ...others } = Object.fromEntries(
        [...headers].filter(([name]) => !onlyHttp1.includes(name)),
      )
      const stream = this.session.request({
        ':path': pathOf(this.#target),
        ':authority': host ?? url.host,
        ...others,
      })
      let head: Omit<Answer, 'body'> | undefined
      let body = ''
      let isWhole = false
      // The timeout of a stream begins again with each byte.
      const deadline = setTimeout(() => {
        reject(
          new CouldNotRun(
            `${url.href} has not answered within ${timeout} ms (--timeout)`,
            'name a path that answers sooner, or wait longer',
          ),
        )
        stream.close(constants.NGHTTP2_CANCEL)
      }, timeout)
      stream.on('response', (given) => {
        const named = Object.entries(given).map(([name, value]): [string, string] => [name, String(value)])
        head = {
          status: given[':status'] ?? 0,
          headers: new Map(named.filter(([name]) => !name.startsWith(':'))),
        }
      })
      stream.setEncoding('latin1').on('data', (chunk) => {
        if (body.length < 16_384) body += chunk
      })
      stream.on('end', () => {
        isWhole = stream.rstCode === constants.NGHTTP2_NO_ERROR
      })
      stream.on('error', () => {})
      stream.on('close', () => {
        clearTimeout(deadline)
        if (head !== undefined && isWhole) resolve({ ...head, body })
        else resolve(stream.rstCode === constants.NGHTTP2_REFUSED_STREAM ? 'refused' : 'lost')
      })
    })
  }

  close(): void {
    this.#watch.ignore()
    this.session.destroy()
  }

  /** The server's own settings are the first frame of a server that speaks HTTP/2. */
  #greeted(socket: Socket): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        clearTimeout(timer)
        this.close()
        reject(
          new CouldNotRun(
            `${this.#target.url.origin} does not speak HTTP/2`,
            'leave --protocol out, or use http1',
          ),
        )
      }
      const timer = setTimeout(fail, Math.min(this.#target.timeout, 2_000))
      if ('alpnProtocol' in socket && socket.alpnProtocol !== 'h2') {
        fail()
        return
      }
      this.session.once('close', fail)
      this.session.once('remoteSettings', () => {
        clearTimeout(timer)
        this.session.off('close', fail)
        resolve()
      })
    })
  }
}
