import { isByAddress } from './address.js'
import { judgeOrder, type OrderFound } from './order.js'
import { firstServers, type SeenConnection } from './seen.js'

/**
 * How the server of a connection, or at layer 7 of a request, is chosen.
 *
 * - `client-address`: from where the client comes
 * - `least-connections`: the server that has the fewest
 * - `round-robin`: one after the other, in a fixed order
 * - `in-turn`: round robin or least connections; which of them cannot be told
 * - `steadier-than-chance`: not in a fixed order, and yet more regular than chance: workers that take turns or count
 *   connections each by itself, or the better one of a few that are drawn
 * - `random`: or by a hash of address and port, which looks the same
 * - `in-runs`: several in a row go to the same server
 */
export type Choice =
  | 'client-address'
  | 'least-connections'
  | 'round-robin'
  | 'in-turn'
  | 'steadier-than-chance'
  | 'random'
  | 'in-runs'

export interface ChoiceFound {
  readonly choice: Choice
  readonly order: OrderFound
}

/** Fewer choices than these tell nothing of their order. */
const fewest = 12

/**
 * Nothing where one server was reached, or too few connections were opened.
 *
 * @param connections those that no gap has drawn to a server.
 * @param isLeast whether a gap was filled; nothing where that cannot be told.
 */
export function judgeChoice(
  connections: readonly SeenConnection[],
  isLeast: boolean | undefined,
): ChoiceFound | undefined {
  const choices = firstServers(connections)
  if (new Set(choices).size < 2 || choices.length < fewest) return undefined
  const order = judgeOrder(choices)
  return { choice: choose(connections, isLeast, order), order }
}

function choose(
  connections: readonly SeenConnection[],
  isLeast: boolean | undefined,
  { order }: OrderFound,
): Choice {
  if (isByAddress(connections) === true) return 'client-address'
  if (isLeast === true) return 'least-connections'
  if (order === 'chance') return 'random'
  if (order === 'runs') return 'in-runs'
  if (order === 'steadier') return 'steadier-than-chance'
  return order === 'round' && isLeast === false ? 'round-robin' : 'in-turn'
}
