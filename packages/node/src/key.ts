import type { Socket } from 'node:net'

let unnamed = 0

/**
 * `remoteAddress:remotePort` of a socket's peer, an IPv4 address always in its plain form. A peer without an
 * address (a unix socket, or a client that has already gone) gets a name that no other has.
 */
export function keyOf(socket: Pick<Socket, 'remoteAddress' | 'remotePort'>): string {
  const { remoteAddress, remotePort } = socket
  if (remoteAddress === undefined || remotePort === undefined) return `unnamed:${++unnamed}`
  return normalizeKey(`${remoteAddress}:${remotePort}`)
}

/** `::ffff:192.0.2.1` is how a dual-stack server sees the client 192.0.2.1 (RFC 4291, section 2.5.5.2). */
export function normalizeKey(key: string): string {
  return key.startsWith('::ffff:') && key.includes('.') ? key.slice(7) : key
}
