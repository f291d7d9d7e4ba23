import { Server as TlsServer } from 'node:tls'
import type { HttpServer } from '../options/options.js'

/** Where a server listens, for messages: `http://127.0.0.1:3000`. */
export function placeOf(server: HttpServer): string {
  const kind = 'updateSettings' in server ? ' (HTTP/2)' : ''
  const scheme = server instanceof TlsServer ? 'https' : 'http'
  const address = server.address()
  if (address === null) return `a server of ${scheme} that does not listen${kind}`
  if (typeof address === 'string') return `${scheme} at ${address}${kind}`
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `${scheme}://${host}:${address.port}${kind}`
}
