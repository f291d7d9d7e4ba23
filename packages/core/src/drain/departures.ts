import type { Random } from '../options/clock.js'
import type { Connection } from '../table/connection.js'

/** When a connection is to leave. */
export interface Departure<Transport> {
  readonly connection: Connection<Transport>
  readonly at: number
}

/** The part of a window in which connections begin to leave. The rest is for those that need longer. */
const lastDeparture = 0.9

/** The part of a window in which a connection may be planned to leave with a response. Some responses are late. */
const lastResponse = 0.85

/** After how many mean pauses without a request a connection's client seems gone. */
const pauses = 3

/**
 * Whether no further request is expected: the connection has been unused for `quiet` milliseconds, and for three
 * times its mean pause so far. A connection in regular use leaves better with its next response.
 */
export function isAsleep(connection: Readonly<Connection>, now: number, quiet: number): boolean {
  return connection.isIdle && now - connection.lastUsedAt >= Math.max(quiet, pauses * pauseOf(connection))
}

/** The mean time between a connection's requests so far. */
function pauseOf({ requests, openedAt, lastUsedAt }: Readonly<Connection>): number {
  return requests < 2 ? 0 : (lastUsedAt - openedAt) / (requests - 1)
}

/**
 * Spreads the departures of connections evenly over the first nine tenths of a window, sorted by time. There is one
 * draw for each connection, not for each response: busy connections would draw so often that all of them left at the
 * start. Those that are asleep go in the order of their idleness, the longest unused first. The others go in a random
 * order, each with one of the responses that are expected of it in that time.
 *
 * @param within the window in milliseconds, as is `quiet`.
 */
export function spread<Transport>(
  connections: readonly Connection<Transport>[],
  start: number,
  { within, quiet }: { readonly within: number; readonly quiet: number },
  random: Random,
): Departure<Transport>[] {
  const asleep = connections.filter((connection) => isAsleep(connection, start, quiet))
  const awake = connections.filter((connection) => !isAsleep(connection, start, quiet))
  asleep.sort((a, b) => a.lastUsedAt - b.lastUsedAt)
  return [
    ...draw(asleep, random, (_, share) => start + share * lastDeparture * within),
    ...draw(shuffle(awake, random), random, (connection, share) =>
      beforeResponse(connection, start, lastResponse * within, share),
    ),
  ].sort((a, b) => a.at - b.at)
}

/** Gives each connection a moment within its own equal share of the window, in the order given. */
function draw<Transport>(
  connections: readonly Connection<Transport>[],
  random: Random,
  moment: (connection: Connection<Transport>, share: number) => number,
): Departure<Transport>[] {
  return connections.map((connection, index) => ({
    connection,
    at: moment(connection, (index + random()) / connections.length),
  }))
}

/**
 * Half a pause before one of the responses that are expected of a connection. That one is surely the next by then.
 */
function beforeResponse(
  connection: Readonly<Connection>,
  start: number,
  time: number,
  share: number,
): number {
  const unused = connection.isIdle ? start - connection.lastUsedAt : 0
  const pause = Math.max(pauseOf(connection), unused)
  const first = pause - unused
  if (pause === 0 || first > time) return start + share * time
  const expected = Math.floor((time - first) / pause) + 1
  return start + Math.max(0, first + (Math.floor(share * expected) - 0.5) * pause)
}

/** The same departures in the same order, with the rest of the window multiplied by `factor`. */
export function hasten<Transport>(
  departures: readonly Departure<Transport>[],
  now: number,
  factor: number,
): Departure<Transport>[] {
  return departures.map(({ connection, at }) => ({ connection, at: now + Math.max(0, at - now) * factor }))
}

/** `count` of the items, each as likely as any other. */
export function sample<T>(items: readonly T[], count: number, random: Random): T[] {
  return shuffle(items, random).slice(0, count)
}

function shuffle<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
