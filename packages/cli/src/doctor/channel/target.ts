import { isIP } from 'node:net'

/** Where requests go, and what each of them says. */
export interface Target {
  readonly url: URL
  /** Sent with every request. Names are in lower case. */
  readonly headers: ReadonlyMap<string, string>
  /** Whether certificates that nobody vouches for will do. */
  readonly insecure: boolean
  /** How long to wait for a connection or an answer, in milliseconds. */
  readonly timeout: number
}

export function isSecure({ url }: Target): boolean {
  return url.protocol === 'https:'
}

/** Where a socket connects to. */
export function addressOf(target: Target): { host: string; port: number } {
  const { hostname, port } = target.url
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (isSecure(target) ? 443 : 80) }
}

/** The name that a certificate is asked for: none for an address. */
export function nameOf(target: Target): string {
  const { host } = addressOf(target)
  return isIP(host) === 0 ? host : ''
}

export function pathOf({ url }: Target): string {
  return url.pathname + url.search
}
