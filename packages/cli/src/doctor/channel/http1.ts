import type { Socket } from 'node:net'
import type { Budget } from '../../command/budget.js'
import type { Read } from './answers.js'
import type { Channel, Ending } from './channel.js'
import { connect } from './connect.js'
import { EndWatch } from './ending.js'
import { Inbox } from './inbox.js'
import { pathOf, type Target } from './target.js'

/** A connection that speaks HTTP/1.1, on which single bytes can be sent too. */
export class Http1Channel implements Channel {
  readonly protocol = 'http/1'
  readonly openedAt: number = performance.now()
  isLeaving = false
  readonly #target: Target
  readonly #budget: Budget
  readonly #socket: Socket
  readonly #watch: EndWatch
  readonly #inbox: Inbox

  static async open(target: Target, budget: Budget, signal: AbortSignal): Promise<Http1Channel> {
    budget.takeConnection()
    return new Http1Channel(target, budget, await connect(target, ['http/1.1'], signal))
  }

  private constructor(target: Target, budget: Budget, socket: Socket) {
    this.#target = target
    this.#budget = budget
    this.#socket = socket
    this.#watch = new EndWatch(socket)
    this.#inbox = new Inbox(target, socket, this.#watch.ended)
  }

  get ending(): Ending | undefined {
    return this.#watch.ending
  }

  get ended(): Promise<Ending> {
    return this.#watch.ended
  }

  get wasReset(): boolean {
    return this.#watch.wasReset
  }

  /** Sends so many requests at once. */
  sendRequests(count: number): void {
    this.#budget.takeRequests(count)
    this.#inbox.expect(count)
    this.write(this.#head('GET').repeat(count))
  }

  /** Sends the head of a request whose body, of so many bytes, follows. */
  sendHead(method: string, length: number): void {
    this.#budget.takeRequests()
    this.#inbox.expect(1)
    this.write(this.#head(method, `content-length: ${length}\r\n`))
  }

  write(bytes: string | Buffer): void {
    if (this.#socket.writable) this.#socket.write(bytes)
  }

  async exchange(): Promise<Read | undefined> {
    if (this.ending !== undefined) return undefined
    this.sendRequests(1)
    return this.next()
  }

  /** The next answer, or `undefined` where the connection ends before it. */
  async next(): Promise<Read | undefined> {
    const answer = await this.#inbox.next()
    if (answer?.isLast) this.isLeaving = true
    return answer
  }

  close(): void {
    this.#watch.ignore()
    this.#socket.destroy()
    this.#inbox.end()
  }

  #head(method: string, more = ''): string {
    const { url, headers } = this.#target
    const lines = [...new Map([['host', url.host], ...headers])].map(
      ([name, value]) => `${name}: ${value}\r\n`,
    )
    return `${method} ${pathOf(this.#target)} HTTP/1.1\r\n${lines.join('')}${more}\r\n`
  }
}
