import type { Socket } from 'node:net'

/** The part of a socket that names its two ends. */
export type Ends = Partial<Pick<Socket, 'remoteAddress' | 'remotePort' | 'localAddress' | 'localPort'>>

let unnamed = 0

/**
 * `remoteAddress:remotePort` of a socket's peer, an IPv4 address always in its plain form. A peer without an
 * address (a unix socket, or a client that has already gone) gets a name that no other has.
 */
export function keyOf({ remoteAddress, remotePort }: Pick<Ends, 'remoteAddress' | 'remotePort'>): string {
  if (remoteAddress === undefined || remotePort === undefined) return `unnamed:${++unnamed}`
  return normalizeKey(`${remoteAddress}:${remotePort}`)
}

/** `::ffff:192.0.2.1` is how a dual-stack server sees the client 192.0.2.1 (RFC 4291, section 2.5.5.2). */
export function normalizeKey(key: string): string {
  return key.startsWith('::ffff:') && key.includes('.') ? key.slice(7) : key
}

/** Both ends of a socket: what no two live ones have in common. A peer's address and port can reach two of ours. */
export function endsOf(socket: Ends): string {
  return `${keyOf(socket)}/${socket.localAddress}:${socket.localPort}`
}
