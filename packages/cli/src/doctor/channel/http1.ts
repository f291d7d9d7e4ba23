import type { Socket } from 'node:net'
import type { Budget } from '../../command/budget.js'
import { CouldNotRun } from '../../command/could-not-run.js'
import { AnswerReader, type Read } from './answers.js'
import type { Channel, Ending } from './channel.js'
import { connect } from './connect.js'
import { EndWatch } from './ending.js'
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
  readonly #reader: AnswerReader
  readonly #answers: Read[] = []
  /** How many requests have no answer yet. */
  #unanswered = 0
  #onNews: () => void = () => {}

  static async open(target: Target, budget: Budget, signal: AbortSignal): Promise<Http1Channel> {
    budget.takeConnection()
    return new Http1Channel(target, budget, await connect(target, ['http/1.1'], signal))
  }

  private constructor(target: Target, budget: Budget, socket: Socket) {
    this.#target = target
    this.#budget = budget
    this.#socket = socket
    this.#watch = new EndWatch(socket)
    this.#reader = new AnswerReader((answer) => {
      // A server may send answers without end that nobody asked for.
      if (this.#unanswered === 0) return
      this.#unanswered--
      this.#answers.push(answer)
    })
    socket.on('data', (chunk) => {
      this.#reader.read(chunk)
      this.#onNews()
    })
    socket.on('end', () => this.#reader.finish())
    void this.#watch.ended.then(() => this.#onNews())
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
    this.#unanswered += count
    this.write(this.#head('GET').repeat(count))
  }

  /** Sends the head of a request whose body, of so many bytes, follows. */
  sendHead(method: string, length: number): void {
    this.#budget.takeRequests()
    this.#unanswered++
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
    const { timeout } = this.#target
    const deadline = performance.now() + timeout
    for (;;) {
      const answer = this.#answers.shift()
      if (answer !== undefined) {
        this.isLeaving ||= answer.isLast
        return answer
      }
      if (this.#reader.fault !== undefined) {
        throw new CouldNotRun(
          `${this.#target.url.href} answers with something that is not HTTP/1`,
          'check the address',
        )
      }
      if (this.ending !== undefined || this.#socket.destroyed) return undefined
      await this.#news(deadline)
      if (performance.now() >= deadline) {
        throw new CouldNotRun(
          `${this.#target.url.href} has not answered within ${timeout} ms (--timeout)`,
          'name a path that answers sooner, or wait longer',
        )
      }
    }
  }

  close(): void {
    this.#watch.ignore()
    this.#socket.destroy()
    this.#onNews()
  }

  #head(method: string, more = ''): string {
    const { url, headers } = this.#target
    const lines = [...new Map([['host', url.host], ...headers])].map(
      ([name, value]) => `${name}: ${value}\r\n`,
    )
    return `${method} ${pathOf(this.#target)} HTTP/1.1\r\n${lines.join('')}${more}\r\n`
  }

  #news(deadline: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, deadline - performance.now())
      this.#onNews = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
