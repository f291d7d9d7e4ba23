import type { Socket } from 'node:net'

/** The part of a socket that names its two ends. */
export type Ends = Partial<
  Pick<Socket, 'remoteAddress' | 'remotePort' | 'localAddress' | 'localPort' | 'bytesRead'>
>

let unnamed = 0

/** A peer's address, and its port where it has one. */
export interface Name {
  readonly address: string
  readonly port: number
}

/**
 * Who is at the other end of a socket. An IPv4 address is always in its plain form. A peer without an address (a unix
 * socket, or a client that has already gone) gets a unique name.
 */
export function nameOf({ remoteAddress, remotePort }: Ends): Name {
  if (remoteAddress === undefined || remotePort === undefined) return { address: 'unnamed', port: ++unnamed }
  return { address: plain(remoteAddress), port: remotePort }
}

/** `remoteAddress:remotePort` of a socket's peer: the key of its connection. */
export function keyOf(socket: Ends): string {
  const { address, port } = nameOf(socket)
  return `${address}:${port}`
}

/** `::ffff:192.0.2.1` is how a dual-stack server sees the client 192.0.2.1 (RFC 4291, section 2.5.5.2). */
export function plain(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
}

/**
 * Both ends of a socket. No two open sockets share both; a peer's address and port alone can reach two of our ports.
 */
export function endsOf(socket: Ends): string {
  return `${keyOf(socket)}/${socket.localAddress}:${socket.localPort}`
}
