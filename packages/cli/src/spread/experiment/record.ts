import type { Connection } from '../client/connection.js'
import type { Answer } from '../names/answer.js'
import { type By, writeBy } from '../names/by.js'
import { fieldsOf, readName } from '../names/fields.js'

/** What is kept of an answer: the whole of many would fill the memory. */
export interface Reply {
  readonly status: number
  /** What may name its server; the name alone, where it is known which field that is. */
  readonly fields: ReadonlyMap<string, string>
}

/** A connection and what came over it. */
export interface Record {
  readonly connection: Connection
  /** Its place among all connections. */
  readonly place: number
  /** Whether it was opened after connections of a server had been closed. */
  readonly isLater: boolean
  readonly replies: Reply[]
  /** Whether this command has ended it. */
  isClosedByUs: boolean
}

/** What has been seen so far. */
export class Records {
  /** In the order in which they were opened. */
  readonly all: Record[] = []
  /** In the order in which they came. */
  readonly replies: { readonly connection: number; readonly fields: Reply['fields'] }[] = []
  /** Why requests got no answer, and how many. */
  readonly failures: Map<string, number> = new Map()
  /** Where answers name their servers; nothing as long as that is not known. */
  by: By | undefined

  constructor(by: By | undefined) {
    this.by = by
  }

  opened(connection: Connection, isLater: boolean): Record {
    const record = { connection, place: this.all.length, isLater, replies: [], isClosedByUs: false }
    this.all.push(record)
    return record
  }

  answered({ place, replies }: Record, answer: Answer): void {
    const fields = this.by === undefined ? fieldsOf(answer) : onlyName(this.by, answer)
    replies.push({ status: answer.status, fields })
    this.replies.push({ connection: place, fields })
  }

  failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    this.failures.set(reason, (this.failures.get(reason) ?? 0) + 1)
  }
}

function onlyName(by: By, answer: Answer): Map<string, string> {
  const name = readName(by, answer)
  return name === undefined ? new Map() : new Map([[writeBy(by), name]])
}
