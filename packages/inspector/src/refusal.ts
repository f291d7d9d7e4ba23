import { type Hosts, hostName, isExpected } from './hosts.js'
import type { Request } from './viewer.js'

/** The longest name that DNS knows. */
const longestName = 253

/**
 * Why a request is not served under the name that it asks for, with the cure; undefined where it is. Only by what
 * the browser itself says: a proxy's `X-Forwarded-Host` can be anybody's.
 */
export function refusedHost(request: Request, hosts: Hosts): string | undefined {
  const host = hostOf(request)
  const name = host === undefined ? undefined : hostName(host)
  if (isExpected(hosts, name)) return undefined
  if (host === undefined || host === '') return 'The request has no Host header, and this page asks for one.'
  const shown = JSON.stringify((name ?? host).slice(0, longestName))
  return (
    `This page is not served under the host name ${shown}. ` +
    `If that is what this server is called, allow it: inspector(keel, { hosts: [${shown}] }).`
  )
}

/** Whether another site's page asks, as its browser says: a stream is only for the page itself. */
export function isForeign(request: Request): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  // Browsers tell the site only to https and localhost, and the origin only of what crosses it.
  if (origin === undefined) return false
  if (!URL.canParse(origin)) return true
  const own = `${new URL(origin).protocol}//${hostOf(request)}`
  return !URL.canParse(own) || new URL(own).origin !== origin
}

/** HTTP/2 has `:authority` for `Host`; where a request has both, that counts (RFC 9113, section 8.3.1). */
function hostOf({ headers }: Request): string | undefined {
  const authority = headers[':authority']
  return typeof authority === 'string' ? authority : headers.host
}
