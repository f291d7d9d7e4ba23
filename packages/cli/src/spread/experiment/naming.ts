import type { Closed, Seen } from '../judge/seen.js'
import { type By, parseBy, writeBy } from '../names/by.js'
import { findName } from '../names/find.js'
import type { Records, Reply } from './record.js'

/** Where answers name their servers: as told, or as found; nothing where no field tells servers apart. */
export function findBy({ by, replies }: Records, from: readonly string[]): By | undefined {
  if (by !== undefined) return by
  const found = findName(replies, from)
  return found === undefined ? undefined : parseBy(found)
}

export function nameOf(by: By, { fields }: Reply): string | undefined {
  return fields.get(writeBy(by))
}

/** What has been seen, with the server of each answer. */
export function nameServers({ all }: Records, by: By, closed: Closed | undefined): Seen {
  const connections = all.map(({ connection, isLater, replies }) => ({
    ...{ from: connection.from, isLater },
    servers: replies.flatMap((reply) => nameOf(by, reply) ?? []),
  }))
  return { connections, closed }
}
