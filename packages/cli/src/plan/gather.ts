import { CouldNotRun } from '../command/could-not-run.js'
import type { Flags } from './flags.js'
import type { FromMetrics } from './from/read.js'
import type { Numbers } from './numbers.js'

const example = '--servers 10 --to 20 --connections 2000 --rate 5000'

/** Requests of a connection in a second, where each of them is simulated. */
const mostRegular = 200

/**
 * What was given, and what was read where it was not.
 *
 * @throws {CouldNotRun} where something is missing or contradicts something else.
 */
export function gather(flags: Flags, read: FromMetrics | undefined): Numbers {
  const servers = flags.servers ?? read?.servers
  if (servers === undefined) throw missing('--servers', read)
  const to = flags.to ?? servers + 1
  if (to <= servers) {
    throw new CouldNotRun(
      `--to is ${to} where --servers is ${servers}`,
      'give more than there are: a plan is for servers that come new',
    )
  }
  const connections = flags.connections ?? (read && Math.round(read.connections * servers))
  const rate = flags.rate ?? (read && read.rate * servers)
  if (connections === undefined) throw missing('--connections', read)
  if (rate === undefined) throw missing('--rate', read)
  if (connections === 0 || rate === 0) {
    throw new CouldNotRun(
      `--from shows ${connections} connections and ${rate} requests a second`,
      'read it while it serves, or give --connections and --rate',
    )
  }
  const { clients = connections, skew, pace, balancer, handshake, idle, within } = flags
  if (clients > connections) {
    throw new CouldNotRun(
      `--clients is ${clients} where there are ${connections} connections`,
      'give as many clients as connections or fewer',
    )
  }
  if (pace === 'regular' && rate / connections > mostRegular) {
    throw new CouldNotRun(
      `--pace is regular with ${Math.round(rate / connections)} requests a second on each connection, which takes too long`,
      'give --pace random: so many requests make no difference',
    )
  }
  return {
    servers,
    to,
    connections,
    clients,
    rate,
    skew,
    pace,
    balancer,
    handshake,
    idleTimeout: idle,
    within,
  }
}

function missing(option: string, read: FromMetrics | undefined): CouldNotRun {
  const fault =
    read === undefined ? `${option} is not given` : `${option} is not given, and the metrics do not tell it`
  return new CouldNotRun(fault, `give it, as in evenkeel plan ${example}, or read a server with --from`)
}
