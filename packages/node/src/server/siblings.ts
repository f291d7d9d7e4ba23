import type { HttpServer } from '../options/options.js'

const groups = new WeakMap<HttpServer, ReadonlySet<HttpServer>>()

/** Puts a server into a group of servers behind one application. The group may grow later. */
export function relate(server: HttpServer, group: ReadonlySet<HttpServer>): void {
  groups.set(server, group)
}

/** A server and the others behind the same application: `localhost` can be two addresses with a server each. */
export function siblingsOf(server: HttpServer): readonly HttpServer[] {
  return [...new Set([server, ...(groups.get(server) ?? [])])]
}
