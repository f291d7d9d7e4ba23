import { isNoName, isUsualName } from './usual.js'

/** An answer, in the order in which answers came. */
export interface Given {
  /** The connection that it came on. */
  readonly connection: number
  /** What the answer could name its server with. */
  readonly fields: ReadonlyMap<string, string>
}

/** How much of all answers has to speak for a field: some come from an error page, or from a server seen once. */
const most = 0.75

/**
 * The header, cookie or field that tells servers apart, as `--by` calls it; nothing where none does.
 *
 * A server's name is one of few values, on several connections each, and none of them belongs to a time: each is seen in
 * the first half of the answers and in the second. So dates, counters, and the ids of requests, sessions and connections
 * are none.
 */
export function findName(given: readonly Given[], clients: readonly string[] = []): string | undefined {
  const fields = new Set(given.flatMap((answer) => [...answer.fields.keys()]))
  const candidates = [...fields]
    .filter((field) => !isNoName(field))
    .map((field) => look(field, given))
    .filter(
      (seen) => seen.answers >= most * given.length && !clients.some((client) => seen.values.has(client)),
    )
  const apart = candidates.filter((seen) => seen.values.size > 1 && isName(seen)).sort(compare)
  // One server behind a name that is usual is one server; every other header is the same everywhere, too.
  const same = candidates.find(({ field, values }) => values.size === 1 && isUsualName(field))
  return (apart[0] ?? same)?.field
}

/** A field, and what was seen of it. */
interface Seen {
  readonly field: string
  readonly all: number
  readonly answers: number
  readonly values: ReadonlyMap<string, Value>
  /** Whether it has been the same in all answers of a connection. */
  readonly isFixed: boolean
}

interface Value {
  answers: number
  readonly connections: Set<number>
  readonly first: number
  last: number
}

function look(field: string, given: readonly Given[]): Seen {
  const values = new Map<string, Value>()
  const ofConnection = new Map<number, string>()
  let answers = 0
  let isFixed = true
  for (const [place, { connection, fields }] of given.entries()) {
    const name = fields.get(field)
    if (name === undefined) continue
    answers++
    const value = values.get(name) ?? { answers: 0, connections: new Set(), first: place, last: place }
    values.set(name, value)
    value.answers++
    value.connections.add(connection)
    value.last = place
    isFixed &&= (ofConnection.get(connection) ?? name) === name
    ofConnection.set(connection, name)
  }
  return { field, all: given.length, answers, values, isFixed }
}

function isName({ all, answers, values }: Seen): boolean {
  const middle = all / 2
  const good = [...values.values()].filter(
    ({ first, last, connections }) => first < middle && last >= middle && connections.size > 1,
  )
  return good.reduce((sum, value) => sum + value.answers, 0) >= most * answers
}

/** The better one first: a usual name, then what a connection keeps, then a header, then what tells more servers apart. */
function compare(a: Seen, b: Seen): number {
  return (
    Number(isUsualName(b.field)) - Number(isUsualName(a.field)) ||
    Number(b.isFixed) - Number(a.isFixed) ||
    kindOf(a) - kindOf(b) ||
    b.values.size - a.values.size
  )
}

function kindOf({ field }: Seen): number {
  return ['header', 'cookie', 'body'].findIndex((kind) => field.startsWith(kind))
}
