import cluster, { type Worker } from 'node:cluster'
import { Ledgers } from '../ledger.js'
import { contentOf, enveloped, type Numbered, type PrimaryAnswer, type WorkerQuestion } from './message.js'

type Asked = Numbered<WorkerQuestion>

/** The ledgers of a cluster: its primary holds them, for all workers. */
class Desk {
  readonly #ledgers = new Ledgers()
  /** The members of each worker, with their groups. */
  readonly #members = new WeakMap<Worker, Map<string, string>>()
  readonly #inbox: (readonly [Worker, Asked])[] = []

  hear(worker: Worker, message: unknown): void {
    const question = contentOf<Asked>(message)
    if (question === undefined) return
    // A primary that stood still finds reports of all its workers. All of them count before the first answer.
    if (this.#inbox.push([worker, question]) === 1) setImmediate(() => this.#readAll())
  }

  /** All that a worker has reported goes with it. */
  dismiss(worker: Worker): void {
    for (const [member, group] of this.#members.get(worker) ?? []) this.#ledgers.of(group).leave(member)
    this.#members.delete(worker)
  }

  #readAll(): void {
    const now = performance.now()
    const questions = this.#inbox.splice(0).filter(([worker]) => worker.isConnected())
    for (const [worker, question] of questions) this.#note(worker, question, now)
    for (const [worker, question] of questions) {
      const answer = this.#answer(question, now)
      // A worker that is gone meanwhile needs no answer.
      if (answer !== undefined) worker.send(enveloped({ id: question.id, answer }), () => {})
    }
  }

  #note(worker: Worker, question: Asked, now: number): void {
    if (question.act === 'members') return
    const { act, group, member } = question
    const members = this.#members.get(worker) ?? new Map<string, string>()
    this.#members.set(worker, members)
    if (act === 'exchange') {
      members.set(member, group)
      this.#ledgers.of(group).put(member, question.report, now)
    } else {
      members.delete(member)
      this.#ledgers.of(group).leave(member)
    }
  }

  #answer(question: Asked, now: number): PrimaryAnswer | undefined {
    const ledger = this.#ledgers.of(question.group)
    if (question.act === 'exchange') return ledger.totals(now, question.expiry)
    if (question.act === 'members') return [...ledger.members()]
    return undefined
  }
}

/** Makes this process answer the workers that it forks, if it can have any. */
export function answerWorkers(): void {
  if (!cluster.isPrimary) return
  const desk = new Desk()
  cluster.on('message', (worker, message) => desk.hear(worker, message))
  // Not `exit`, which can come before the last messages of a worker.
  cluster.on('disconnect', (worker) => desk.dismiss(worker))
}
