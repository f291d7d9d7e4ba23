import type { Keel } from '@evenkeel/node'
import { compare, type Members } from './members.js'

/** How long an answer of the store is waited for, in milliseconds. */
const patience = 3_000

interface Question {
  readonly keel: Keel
  readonly at: number
}

/**
 * Asks for the members of a keel's fleet, one question at a time. Nobody waits for the answer: it is shown when it is
 * there.
 */
export class Roster {
  #members: Members | undefined
  #keel: Keel | undefined
  #question: Question | undefined

  /** What was answered last, none where the store does not answer. Asks again. */
  of(keel: Keel): Members | undefined {
    if (this.#keel !== keel) this.forget()
    this.#keel = keel
    const at = Date.now()
    const open = this.#question
    if (open !== undefined && at - open.at < patience) return this.#members
    if (open !== undefined) this.#members = undefined
    this.#question = { keel, at }
    this.#ask(this.#question)
    return this.#members
  }

  /** Who looks next has to be told what is so by then. */
  forget(): void {
    this.#members = undefined
    this.#keel = undefined
    this.#question = undefined
  }

  async #ask(question: Question): Promise<void> {
    const members = await read(question.keel)
    if (this.#question !== question) return
    this.#members = members
    this.#question = undefined
  }
}

/** An error says no more than that there is no answer, and the state of the fleet says that too. */
async function read(keel: Keel): Promise<Members | undefined> {
  try {
    return compare(await keel.members())
  } catch {
    return undefined
  }
}
