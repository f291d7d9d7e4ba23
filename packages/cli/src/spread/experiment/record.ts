import type { Connection } from '../client/connection.js'
import type { Answer } from '../names/answer.js'

/** A connection and what came over it. */
export interface Record {
  readonly connection: Connection
  /** Whether it was opened after connections of a server had been closed. */
  readonly isLater: boolean
  readonly answers: Answer[]
  /** Whether it was closed to see where the next ones go. */
  isClosedByUs: boolean
}

/** What has been seen so far. */
export class Records {
  /** In the order in which they were opened. */
  readonly all: Record[] = []
  /** In the order in which they came. */
  readonly answers: { readonly connection: number; readonly answer: Answer }[] = []
  /** Why requests got no answer, and how many. */
  readonly failures: Map<string, number> = new Map()

  answered(record: Record, answer: Answer): void {
    record.answers.push(answer)
    this.answers.push({ connection: this.all.indexOf(record), answer })
  }

  failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    this.failures.set(reason, (this.failures.get(reason) ?? 0) + 1)
  }
}
