import type { Output } from '../command/output.js'
import type { Reach } from './channel/subject.js'
import { say } from './say.js'

const width = 24

/** First the count of answers, then a bar over the longest wait. */
export class Progress {
  readonly #output: Output
  readonly #longest: number
  readonly #timer: NodeJS.Timeout
  #answers = 0
  #since: number | undefined

  constructor(output: Output, { idle, duration }: Reach) {
    this.#output = output
    this.#longest = Math.max(idle, duration)
    this.#timer = setInterval(() => this.#show(), 250)
  }

  readonly answered = (): void => {
    this.#answers++
  }

  readonly waiting = (): void => {
    this.#since = performance.now()
    this.#output.note(
      `Now waiting for idle connections, and using others slowly: ${say(this.#longest)} at most.`,
    )
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #show(): void {
    this.#output.progress(`${this.#answers} requests answered${this.#bar()}, Ctrl-C ends with what is known`)
  }

  #bar(): string {
    if (this.#since === undefined) return ''
    const waited = Math.min(this.#longest, performance.now() - this.#since)
    const done = Math.round((waited / this.#longest) * width)
    const seconds = `${Math.round(waited / 1_000)} of ${Math.round(this.#longest / 1_000)} s`
    return `, [${'#'.repeat(done).padEnd(width, '-')}] ${seconds}`
  }
}
