import { type DistributionSnapshot, defaults, type Keel, type Limits, type Snapshot } from '@evenkeel/node'
import { type Bins, bin, countWidths, timeWidths } from './bins.js'
import { type FleetNow, fleetOf } from './fleet.js'
import type { Draining, History, Rows } from './history.js'
import type { Members } from './members.js'
import { PeerCount, type Peers } from './peers.js'

/** What the page is sent once a second: all that it shows. */
export interface Frame {
  /** Of the handler: a page that is sent another one looks at another process. */
  readonly id: string
  readonly name: string
  /** Nothing while there is no keel. */
  readonly now: Now | undefined
  /** The seconds since the frame before; all that are known in a viewer's first frame. */
  readonly rows: Rows | undefined
  readonly complete: boolean
}

/** The state of one keel. Times are milliseconds. */
export interface Now {
  readonly ready: boolean
  readonly draining: Draining | undefined
  readonly connections: Snapshot['connections']
  readonly totals: Snapshot['totals']
  /** Of the connections that are open. */
  readonly open: { readonly ages: Bins; readonly requests: Bins }
  /** Of the connections that have closed. */
  readonly closed: {
    readonly ages: DistributionSnapshot
    readonly requests: DistributionSnapshot
    readonly idle: DistributionSnapshot
  }
  readonly peers: Peers
  /** Nothing where the server is in no fleet. */
  readonly fleet: FleetNow | undefined
  /** How many of the connections carry this page's own streams. */
  readonly viewers: number
  readonly limits: { readonly [Name in keyof Limits]?: Limit }
}

/** A limit as JSON can say it; null: there is none. */
export type Limit = number | boolean | null

/**
 * Looks at a keel.
 *
 * @param viewers the keys of the connections that carry this page's streams.
 * @param askMembers what is known of the members of its fleet; called only where it has one.
 */
export function look(
  keel: Keel,
  history: History,
  viewers: ReadonlySet<string>,
  askMembers: () => Members | undefined,
): Now {
  const { connections, totals, ageAtClose, requestsPerConnection, idleAtClose, fleet } = keel.snapshot()
  const ages: number[] = []
  const requests: number[] = []
  const peers = new PeerCount()
  let own = 0
  for (const connection of keel.connections()) {
    ages.push(connection.age)
    requests.push(connection.requests)
    peers.add(connection)
    if (viewers.has(connection.key)) own++
  }
  return {
    ready: keel.ready,
    draining: history.draining,
    connections,
    totals,
    open: { ages: bin(ages, timeWidths), requests: bin(requests, countWidths) },
    closed: { ages: ageAtClose, requests: requestsPerConnection, idle: idleAtClose },
    peers: peers.busiest(),
    fleet: fleetOf(fleet, askMembers),
    viewers: own,
    limits: limitsOf(keel),
  }
}

/** Clock and randomness are no limits, and of a function or a fleet only its presence can be told. */
function limitsOf({ limits }: Keel): Now['limits'] {
  const told: { [name: string]: Limit } = {}
  for (const [name, value] of Object.entries(limits)) {
    if (name === 'exempt' || name === 'fleet') told[name] = value !== defaults[name]
    else if (typeof value === 'boolean') told[name] = value
    else if (typeof value === 'number') told[name] = value === Infinity ? null : value
  }
  return told
}
