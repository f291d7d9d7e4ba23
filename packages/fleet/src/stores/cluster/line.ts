import cluster from 'node:cluster'
import { randomUUID } from 'node:crypto'
import { contentOf, enveloped, type Numbered, type PrimaryAnswer, type WorkerQuestion } from './message.js'

const absent =
  "the primary process of this cluster does not answer: import '@evenkeel/fleet' there too; where a process manager is the primary (PM2), use redisStore(…)"
const stopped =
  'the primary process of this cluster does not answer any more: check whether it is stopped or its event loop is blocked'
const parted = 'this worker has disconnected from its primary process'

/** How a worker talks to its primary. */
export class Line {
  readonly #waiting = new Map<string, (answer: PrimaryAnswer) => void>()
  #wasAnswered = false

  constructor() {
    // Node itself listens to the same channel: one listener more keeps no process alive.
    cluster.worker?.on('message', (message: unknown) => {
      const content = contentOf<Numbered<{ answer: PrimaryAnswer }>>(message)
      if (content !== undefined) this.#waiting.get(content.id)?.(content.answer)
    })
  }

  /** Tells what needs no answer. */
  tell(question: WorkerQuestion): Promise<void> {
    return this.#send({ ...question, id: '' })
  }

  /** @param answerTimeout for how many milliseconds it waits for the answer. */
  ask(question: WorkerQuestion, answerTimeout: number): Promise<PrimaryAnswer> {
    const id = randomUUID()
    return new Promise<PrimaryAnswer>((resolve, reject) => {
      const timer = setTimeout(() => reject(this.#silence()), answerTimeout).unref()
      this.#waiting.set(id, (answer) => {
        this.#wasAnswered = true
        clearTimeout(timer)
        resolve(answer)
      })
      this.#send({ ...question, id }).catch(reject)
    }).finally(() => this.#waiting.delete(id))
  }

  #send(message: Numbered<WorkerQuestion>): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!process.connected) return reject(new Error(parted))
      process.send?.(enveloped(message), undefined, undefined, (error) => {
        if (error) reject(error)
        else resolve()
      })
    })
  }

  #silence(): Error {
    return new Error(this.#wasAnswered ? stopped : absent)
  }
}
