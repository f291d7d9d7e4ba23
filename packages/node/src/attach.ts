import { type IncomingMessage, Server } from 'node:http'
import { Server as SecureServer } from 'node:https'
import { type Limits, OptionError, type Options, parseOptions, Tracker } from '@evenkeel/core'
import { intercept } from './intercept.js'
import { type Keel, ServerKeel } from './keel.js'
import { observe } from './observe.js'
import { reap } from './reap.js'
import { Sweep } from './sweep.js'
import { reportError, system } from './system.js'
import { idleTimeoutOf, tuneTimeouts } from './timeouts.js'
import type { Transport, Watch } from './transport.js'

/** What can be attached to. */
export type HttpServer = Server | SecureServer

/** Options, with `exempt` asked about Node's own request. */
export type ServerOptions = Options<IncomingMessage>

/** On the server itself and under a shared name, so that two copies of this package count a request once. */
const keelOfServer = Symbol.for('@evenkeel/node')

/** What stands on an attached server. */
interface Attachment {
  readonly keel: Keel
  readonly watch: Watch
}

interface AttachedServer extends Server {
  [keelOfServer]?: Attachment
}

/**
 * Makes a server retire its connections politely, from now on and for every request that it receives, wherever
 * a framework's middleware is mounted.
 *
 * Attaching the same server again gives the same keel; other options the second time are an error.
 *
 * @param server from `http.createServer`, `https.createServer` or a framework's `listen`.
 * @param options see {@link Options}. An `idleTimeout` that is not given is 65 000 ms, or the server's own
 *   `keepAliveTimeout` where that is longer.
 * @throws {@link OptionError} for an option that cannot be used, and for options that differ from those of an
 *   earlier call.
 */
export function attach(server: HttpServer, options: ServerOptions = {}): Keel {
  return join(server, options).keel
}

/** The same, and tells whether this call was the first for the server. */
export function join(server: HttpServer, options: ServerOptions): Attachment & { readonly first: boolean } {
  assertServer(server)
  const limits = limitsFor(server, options)
  const present = (server as AttachedServer)[keelOfServer]
  if (present === undefined) return { ...create(server, limits), first: true }
  if (Object.keys(options).length > 0) assertSame(present.watch.limits, limits)
  return { ...present, first: false }
}

function create(server: HttpServer, limits: Limits<IncomingMessage>): Attachment {
  const tracker = new Tracker<Transport>(limits, { capacity: Infinity, report: reportError })
  const sweep = new Sweep(() => reap(tracker, limits.clock.now()))
  const watch: Watch = { limits, tracker, sweep }
  const undo = [
    limits.tuneTimeouts ? tuneTimeouts(server, limits.idleTimeout) : () => {},
    intercept(server, observe(server, watch)),
    () => sweep.stop(),
    () => Reflect.deleteProperty(server, keelOfServer),
  ]
  const keel = new ServerKeel(watch, () => {
    for (const step of undo.splice(0)) step()
  })
  const attachment: Attachment = { keel, watch }
  Object.defineProperty(server, keelOfServer, { value: attachment, configurable: true })
  return attachment
}

function limitsFor(server: HttpServer, options: ServerOptions): Limits<IncomingMessage> {
  const limits = parseOptions(options, system)
  if (options.idleTimeout !== undefined) return limits
  return Object.freeze({ ...limits, idleTimeout: Math.max(limits.idleTimeout, idleTimeoutOf(server)) })
}

function assertServer(server: unknown): asserts server is HttpServer {
  if (server instanceof Server || server instanceof SecureServer) return
  throw new OptionError(
    'ERR_EVENKEEL_OPTION_INVALID',
    'server',
    server,
    'attach was not given an http.Server or https.Server: give what http.createServer() or app.listen() returns',
  )
}

function assertSame(present: Limits<IncomingMessage>, wanted: Limits<IncomingMessage>): void {
  for (const name of Object.keys(present) as (keyof Limits)[]) {
    if (Object.is(present[name], wanted[name])) continue
    throw new OptionError(
      'ERR_EVENKEEL_OPTIONS_CONFLICT',
      name,
      wanted[name],
      `${name} is ${String(wanted[name])}, but this server is attached with ${String(present[name])}: ` +
        'attach it once, or with the same options each time',
    )
  }
}
