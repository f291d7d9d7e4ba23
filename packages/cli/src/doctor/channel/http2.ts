import { type ClientHttp2Session, connect as connectSession } from 'node:http2'
import type { Socket } from 'node:net'
import type { Budget } from '../../command/budget.js'
import { CouldNotRun } from '../../command/could-not-run.js'
import type { Answer, Channel, Ending } from './channel.js'
import { connect } from './connect.js'
import { EndWatch } from './ending.js'
import { ask, type Outcome } from './stream.js'
import { addressOf, isSecure, type Target } from './target.js'

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
    if (this.session.closed || this.session.destroyed) return Promise.resolve('refused')
    this.#budget.takeRequests()
    return ask(this.session, this.#target)
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
