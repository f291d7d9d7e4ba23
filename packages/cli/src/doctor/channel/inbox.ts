import type { Socket } from 'node:net'
import { CouldNotRun } from '../../command/could-not-run.js'
import { AnswerReader, type Read } from './answers.js'
import type { Ending } from './channel.js'
import { late } from './late.js'
import type { Target } from './target.js'

/** The answers that come on a connection by HTTP/1.1, in their order. */
export class Inbox {
  readonly #target: Target
  readonly #reader: AnswerReader
  readonly #answers: Read[] = []
  /** How many requests have no answer yet. */
  #unanswered = 0
  #isOver = false
  #onNews: () => void = () => {}

  constructor(target: Target, socket: Socket, ended: Promise<Ending>) {
    this.#target = target
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
    void ended.then(() => this.end())
  }

  /** So many requests are sent: as many answers are taken. */
  expect(count: number): void {
    this.#unanswered += count
  }

  /**
   * The next answer, or `undefined` where the connection ends before it.
   *
   * @throws {CouldNotRun} where neither comes in time, or it is no HTTP/1.
   */
  async next(): Promise<Read | undefined> {
    const deadline = performance.now() + this.#target.timeout
    for (;;) {
      const answer = this.#answers.shift()
      if (answer !== undefined) return answer
      if (this.#reader.fault !== undefined) {
        throw new CouldNotRun(
          `${this.#target.url.href} answers with something that is not HTTP/1`,
          'check the address',
        )
      }
      if (this.#isOver) return undefined
      await this.#news(deadline)
      if (performance.now() >= deadline) throw late(this.#target)
    }
  }

  /** No more answers come. */
  end(): void {
    this.#isOver = true
    this.#onNews()
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
