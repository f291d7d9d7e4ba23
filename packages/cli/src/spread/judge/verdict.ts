import { type ChoiceFound, judgeChoice } from './choice.js'
import { type Evenness, judgeEvenness } from './evenness.js'
import { judgeReach, type Reach } from './layer.js'
import { isLeastConnections } from './least.js'
import { firstServers, type Seen, type SeenConnection, tally } from './seen.js'

export interface Server {
  readonly name: string
  /** Connections whose first answer it gave. */
  readonly connections: number
  readonly requests: number
}

/** What is in front, as far as it can be told. */
export interface Verdict {
  readonly servers: readonly Server[]
  readonly reach: Reach
  /** How a connection's server is chosen, or at layer 7 a request's. */
  readonly choice: ChoiceFound | undefined
  /** Of connections, or at layer 7 of requests. */
  readonly evenness: Evenness | undefined
}

export function judge(seen: Seen): Verdict {
  const { connections } = seen
  const reach = judgeReach(connections)
  const isLeast = isLeastConnections(seen)
  const undrawn = seen.closed === undefined || isLeast === false ? connections : connections.filter(isEarlier)
  const choice = judgeChoice(undrawn, isLeast)
  const opened = tally(firstServers(connections))
  const requests = tally(connections.flatMap(({ servers }) => servers))
  const load = reach === 'many' ? requests : tally(firstServers(undrawn))
  return {
    servers: [...requests].map(([name, count]) => ({
      ...{ name, connections: opened.get(name) ?? 0, requests: count },
    })),
    ...{ reach, choice },
    // Where addresses decide, the numbers are those that this command gave to each address.
    evenness: choice?.choice === 'client-address' ? undefined : judgeEvenness([...load.values()]),
  }
}

function isEarlier({ isLater }: SeenConnection): boolean {
  return !isLater
}
