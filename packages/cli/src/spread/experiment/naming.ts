import type { Closed, Seen } from '../judge/seen.js'
import { type By, parseBy } from '../names/by.js'
import { fieldsOf, readName } from '../names/fields.js'
import { findName } from '../names/find.js'
import type { Plan } from '../plan.js'
import type { Records } from './record.js'

/** What has been seen, once each answer has a server. */
export interface Naming {
  /** Nothing where no field tells servers apart. */
  readonly by: By | undefined
  readonly seen: Seen
}

/** Finds the servers' names in the answers. */
export function nameServers(records: Records, plan: Plan, closed: Closed | undefined): Naming {
  const by = plan.by ?? findBy(records, plan)
  const connections = records.all.map(({ connection, isLater, answers }) => ({
    from: connection.from,
    isLater,
    servers: by === undefined ? [] : answers.flatMap((answer) => readName(by, answer) ?? []),
  }))
  return { by, seen: { connections, closed } }
}

function findBy({ answers }: Records, { from }: Plan): By | undefined {
  const given = answers.map(({ connection, answer }) => ({ connection, fields: fieldsOf(answer) }))
  const found = findName(given, from)
  return found === undefined ? undefined : parseBy(found)
}
