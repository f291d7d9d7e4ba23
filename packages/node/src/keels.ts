import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { type OptionError, parseOptions } from '@evenkeel/core'
import type { Watch } from './connection/watch.js'
import type { HttpServer, ServerOptions } from './options/options.js'
import { system } from './options/system.js'
import { type Joined, join, keelOf } from './server/attach.js'
import { refuse, warnOfConflict } from './server/conflict.js'
import { arrive, isHttpServer } from './server/events.js'
import type { Keel } from './server/keel.js'
import { serverOf } from './server/server-of.js'
import { relate } from './server/siblings.js'
import { leave } from './shutdown/shutdown.js'

/**
 * One set of options for every server behind an application. Adapters for frameworks are made of this. A server that
 * closes is detached. If it listens again, its next request attaches it again.
 */
export class Keels implements Iterable<Keel> {
  readonly #options: ServerOptions
  readonly #met = new Map<HttpServer, Keel>()
  readonly #servers = new Set<HttpServer>()
  /** Servers that have warned of other options. */
  readonly #warned = new WeakSet<HttpServer>()
  #newest: { readonly server: HttpServer; readonly keel: Keel } | undefined
  /** What watches the last server that was met: nearly always the one of the next request. */
  #latest: Watch | undefined

  /** @throws {@link OptionError} for an option that cannot be used. */
  constructor(options: ServerOptions = {}) {
    parseOptions(options, system)
    // The checked values count, even if the program changes its own object later.
    this.#options = { ...options }
  }

  /** The keel of the server that was met last. Undefined before the first request. */
  get current(): Keel | undefined {
    if (this.#newest === undefined) return undefined
    const { server, keel } = this.#newest
    // Another keel may have replaced it: a server has one keel for all.
    return keelOf(server) ?? keel
  }

  /** The keels of all servers that are open. */
  *[Symbol.iterator](): Generator<Keel> {
    for (const [server, keel] of this.#met) yield keelOf(server) ?? keel
  }

  /**
   * A request has come to the application. The first request of each server attaches that server. This never throws.
   * If the server is attached with other options, those stay in force, and a process warning says so, once
   * (`EVENKEEL_OPTIONS_CONFLICT`).
   */
  meet(request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse): void {
    if (request === this.#latest?.newest) return
    const server = serverOf(request)
    if (server === undefined || this.#met.has(server)) return
    // A TCP server may hand its sockets to an HTTP/2 server. Then the request names the TCP server.
    if (!isHttpServer(server)) return
    const { watch, first } = this.#join(server, (conflict) => this.#warn(server, conflict))
    // A server that was attached before has seen this request already.
    if (first) arrive(watch, request, response)
  }

  /**
   * Attaches a server before its first request.
   *
   * @throws {@link OptionError} if the server is attached with other options.
   */
  attach(server: HttpServer): Keel {
    return this.#join(server, refuse).keel
  }

  /** Drains the servers whose shutdown is prepared. For a framework that is about to close them. */
  async leave(): Promise<void> {
    await Promise.all([...this.#met.keys()].map(leave))
  }

  detach(): void {
    for (const keel of this.#met.values()) keel.detach()
    this.#met.clear()
    this.#servers.clear()
    this.#latest = undefined
  }

  #warn(server: HttpServer, conflict: OptionError): void {
    if (this.#warned.has(server)) return
    this.#warned.add(server)
    warnOfConflict(conflict)
  }

  #join(server: HttpServer, onConflict: (conflict: OptionError) => void): Joined {
    const joined = join(server, this.#options, onConflict)
    this.#met.set(server, joined.keel)
    this.#servers.add(server)
    relate(server, this.#servers)
    this.#newest = { server, keel: joined.keel }
    this.#latest = joined.watch
    server.once('close', () => {
      // Its totals stay readable after it is detached.
      if (this.#newest?.server === server) this.#newest = { server, keel: keelOf(server) ?? joined.keel }
      this.#met.delete(server)
      this.#servers.delete(server)
      if (this.#latest === joined.watch) this.#latest = undefined
      if (joined.first) joined.keel.detach()
    })
    return joined
  }
}
