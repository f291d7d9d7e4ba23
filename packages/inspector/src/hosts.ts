import { isIPv4, isIPv6 } from 'node:net'
import { domainToASCII } from 'node:url'
import { invalid } from '@evenkeel/core'

/** Names under which the page is served, besides those of this machine itself; one that begins with a dot has all below it. */
export type Hosts = readonly string[] | 'all'

/** @throws {@link OptionError} for what is no list of names. */
export function parseHosts(value: unknown, option: string): Hosts {
  if (value === 'all') return value
  if (Array.isArray(value)) return Object.freeze(value.map((name, at) => parseName(name, `${option}[${at}]`)))
  throw invalid(
    option,
    value,
    "a list of host names such as ['inspector.example.org'], or 'all' for no check",
  )
}

const label = '[a-z0-9_-]+'
const domain = new RegExp(`^(?:${label}\\.)*${label}$`)
const local = new RegExp(`^(?:${label}\\.)*localhost$`)

function parseName(value: unknown, option: string): string {
  const [, dot = '', given = ''] =
    (typeof value === 'string' && /^(\.?)([^\s/\\:?#@%]+?)\.?$/.exec(value)) || []
  const name = domainToASCII(given)
  if (domain.test(name)) return dot + name
  throw invalid(
    option,
    value,
    "a host name without scheme, port and path, such as 'inspector.example.org', or '.example.org' for all below it",
  )
}

/** The name in a `Host` header, without its port and as it would be looked up; undefined for what is none. */
export function hostName(host: string): string | undefined {
  const [, name] = /^(\[[^\]]+\]|[^:[\]]+)(?::\d*)?$/.exec(host) ?? []
  return name?.toLowerCase().replace(/\.$/, '')
}

/**
 * Whether the page is served under a name. An address is safe: a site that lets its own name point to this server
 * (DNS rebinding) is asked for by that name. So is `localhost`, which browsers never look up.
 */
export function isExpected(hosts: Hosts, name: string | undefined): boolean {
  if (hosts === 'all') return true
  if (name === undefined) return false
  if (name.startsWith('[')) return isIPv6(name.slice(1, -1))
  if (isIPv4(name) || local.test(name)) return true
  return hosts.some((host) => name === host || (host.startsWith('.') && `.${name}`.endsWith(host)))
}
