import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { parseOptions } from '@evenkeel/core'
import { join } from './attach.js'
import { leave } from './drain/shutdown.js'
import type { Keel } from './keel.js'
import { arrive } from './observe.js'
import type { HttpServer, ServerOptions } from './options.js'
import { serverOf } from './server-of.js'
import { relate } from './siblings.js'
import { system } from './system.js'

/**
 * One set of options for every server behind an application: what an adapter for a framework is made of. A
 * server that closes is detached; if it listens again, its next request attaches it again.
 */
export class Keels implements Iterable<Keel> {
  readonly #options: ServerOptions
  readonly #met = new Map<HttpServer, Keel>()
  readonly #servers = new Set<HttpServer>()
  #current: Keel | undefined
  /** The server met last: nearly always the one that is asked about. */
  #latest: HttpServer | undefined

  /** @throws {@link OptionError} for an option that cannot be used. */
  constructor(options: ServerOptions = {}) {
    parseOptions(options, system)
    this.#options = options
  }

  /** The keel of the server met last; none before the first request. */
  get current(): Keel | undefined {
    return this.#current
  }

  /** The keels of all servers that are open. */
  [Symbol.iterator](): Iterator<Keel> {
    return this.#met.values()
  }

  /**
   * A request has come to the application: the first of each server attaches that server.
   *
   * @throws {@link OptionError} if the server is attached with other options.
   */
  meet(request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse): void {
    const server = serverOf(request)
    if (server === this.#latest || server === undefined || this.#met.has(server)) return
    const { watch, first } = this.#join(server)
    // A server that was attached before, by whomever, has seen this request already.
    if (first) arrive(watch, request, response)
  }

  /** Attaches a server before its first request. */
  attach(server: HttpServer): Keel {
    return this.#join(server).keel
  }

  /** Drains the servers whose shutdown is prepared; for a framework that is about to close them. */
  async leave(): Promise<void> {
    await Promise.all([...this.#met.keys()].map(leave))
  }

  detach(): void {
    for (const keel of this.#met.values()) keel.detach()
    this.#met.clear()
    this.#servers.clear()
    this.#latest = undefined
  }

  #join(server: HttpServer): ReturnType<typeof join> {
    const joined = join(server, this.#options)
    this.#met.set(server, joined.keel)
    this.#servers.add(server)
    relate(server, this.#servers)
    this.#current = joined.keel
    this.#latest = server
    server.once('close', () => {
      this.#met.delete(server)
      this.#servers.delete(server)
      if (this.#latest === server) this.#latest = undefined
      if (joined.first) joined.keel.detach()
    })
    return joined
  }
}
