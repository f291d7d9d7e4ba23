import type { Seen, SeenConnection } from '#cli/spread/judge/seen'
import type { Balancer } from './balancers.js'

export interface Sent {
  readonly connections: number
  readonly requests: number
  readonly from: readonly string[]
}

/** What the command sees of a balancer: it opens most connections, closes those of one server, and opens the rest. */
export function simulate(
  balancer: Balancer,
  { connections, requests, from }: Sent,
  random: () => number,
): Seen {
  const first = Math.ceil(connections * 0.6)
  const opened: SeenConnection[] = []
  const open = (isLater: boolean): void => {
    const address = from[Math.floor(random() * from.length)] ?? ''
    const server = String(balancer.open(address))
    opened.push({ from: address, isLater, servers: new Array<string>(requests).fill(server) })
  }
  for (let count = 0; count < first; count++) open(false)
  const counts = new Map<string, number>()
  for (const { servers } of opened) counts.set(servers[0] ?? '', (counts.get(servers[0] ?? '') ?? 0) + 1)
  const [[server, most] = ['', 0], ...others] = [...counts].sort(([, a], [, b]) => b - a)
  const closed = Math.min(most, connections - first)
  for (let count = 0; count < closed; count++) balancer.close(Number(server))
  const room = Math.min(closed, Math.min(...others.map(([, count]) => count)) - (most - closed))
  for (let count = first; count < connections; count++) open(true)
  return { connections: opened, closed: { server, room: Math.max(0, room) } }
}
