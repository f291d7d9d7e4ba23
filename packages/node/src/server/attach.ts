import { Deadlines, type Limits, type OptionError, parseOptions, Tracker } from '@evenkeel/core'
import { CoarseClock, period } from '../connection/coarse-clock.js'
import { Handshakes } from '../connection/handshakes.js'
import { IdleTimer } from '../connection/idle-timer.js'
import { intercept } from '../connection/intercept.js'
import { Service } from '../connection/service.js'
import type { Transport, Watch } from '../connection/watch.js'
import { Place } from '../fleet/place.js'
import { watchFinishes } from '../http1/finish.js'
import type { HttpServer, RequestHead, ServerOptions } from '../options/options.js'
import { reportError, system } from '../options/system.js'
import { idleTimeoutOf } from '../tuning/timeouts.js'
import { Tuning } from '../tuning/tuning.js'
import { Eviction } from '../upkeep/eviction.js'
import { warnOfIdleRace } from '../upkeep/idle-race.js'
import { Sweep } from '../upkeep/sweep.js'
import { assertServer } from './assert-server.js'
import { publishFor } from './channels.js'
import { conflictWith, refuse } from './conflict.js'
import { observe } from './events.js'
import { type Keel, ServerKeel } from './keel.js'
import { enforce } from './update.js'

/** A property of the server with a shared name, so that two copies of this package count a request once. */
const keelOfServer = Symbol.for('@evenkeel/node')

/** What stands on an attached server. */
interface Attachment {
  readonly keel: Keel
  readonly watch: Watch
  readonly place: Place
  /** The limits that it was attached with. An update may have changed them since. */
  readonly given: Limits<RequestHead>
  /** Whether it gives way to the first caller who attaches the server with options. */
  readonly yields: boolean
  /** Whether it was made without any options. */
  readonly isBare: boolean
}

interface AttachedServer {
  [keelOfServer]?: Attachment
}

/**
 * Makes a server retire its connections politely, from now on. Every request that it receives counts, wherever a
 * framework's middleware is mounted.
 *
 * Attaching the same server again gives the same keel; other options the second time are an error, unless an update
 * has put them in force.
 *
 * @param server of `node:http`, `node:https` or `node:http2`, or what a framework's `listen` returns.
 * @param options see {@link Options}. The default `idleTimeout` is 65 000 ms, or the server's own `keepAliveTimeout`
 *   if that is longer.
 * @throws {@link OptionError} for an option that cannot be used, and for options that differ from those of an earlier
 *   call.
 */
export function attach(server: HttpServer, options: ServerOptions = {}): Keel {
  return join(server, options).keel
}

/** An attachment, and whether this call has made it. */
export type Joined = Attachment & { readonly first: boolean }

/**
 * As `attach`, with all that belongs to the attachment. If `onConflict` returns, the earlier options stay in force.
 */
export function join(
  server: HttpServer,
  options: ServerOptions,
  onConflict: (conflict: OptionError) => void = refuse,
): Joined {
  assertServer(server, 'attach')
  const present = (server as AttachedServer)[keelOfServer]
  if (present === undefined) return { ...create(server, options, false), first: true }
  // A server that is leaving takes no other options.
  if (Object.keys(options).length === 0 || !present.watch.service.ready) return { ...present, first: false }
  if (present.yields) {
    parseOptions(options, system)
    present.keel.detach()
    return { ...create(server, options, false), first: true }
  }
  const { given, place } = present
  const wanted = limitsFor(options, given.idleTimeout)
  const conflict = conflictWith({ given, inForce: place.awake }, wanted, options)
  if (conflict !== undefined) onConflict(conflict)
  else place.wake(options)
  return { ...present, first: false }
}

/** The keel of a server that is attached. */
export function keelOf(server: HttpServer): Keel | undefined {
  return (server as AttachedServer)[keelOfServer]?.keel
}

/** Attaches a server until the program attaches it with options of its own. False if it was attached before. */
export function attachMeanwhile(server: HttpServer, options: ServerOptions): boolean {
  assertServer(server, 'attach')
  const present = (server as AttachedServer)[keelOfServer]
  if (present !== undefined && !(present.yields && present.isBare && Object.keys(options).length > 0))
    return false
  present?.keel.detach()
  create(server, options, true)
  return true
}

function create(server: HttpServer, options: ServerOptions, yields: boolean): Attachment {
  const limits = limitsFor(options, idleTimeoutOf(server))
  const tracker = new Tracker<Transport>(limits, {
    report: reportError,
    outlet: publishFor(server),
    protocolOf: ({ protocol }) => protocol,
  })
  tracker.rehearse(limits.dryRun, limits.clock.now())
  const watch: Watch = {
    limits,
    tracker,
    clock: new CoarseClock(limits.clock, () => tracker.table.size > 0),
    deadlines: new Deadlines(period),
    handshakes: new Handshakes(),
    idleTimer: new IdleTimer(),
    service: new Service(),
    newest: undefined,
    // An accessor instead would cost time: V8 looks up the properties of an object that has one in a dictionary.
    fleet: {
      join: () => place.join(),
      leave: () => place.leave(),
      opened: (connection) => place.opened(connection),
    },
    startSweep: () => sweep.start(),
    makeRoom: (newcomer, full) => eviction.make(newcomer, full),
  }
  const eviction = new Eviction(watch, server)
  const sweep = new Sweep(watch, server, warnOfIdleRace(watch))
  const tuning = new Tuning(server, watch)
  tuning.apply()
  const place = new Place(
    watch,
    options,
    (next, alsoLooser) => enforce(watch, tuning, next, alsoLooser),
    () => server.listening,
  )
  const undo = [
    () => place.end(),
    () => tuning.restore(),
    intercept(server, observe(server, watch)),
    watchFinishes(),
    () => sweep.stop(),
    () => watch.deadlines.clear(),
    () => Reflect.deleteProperty(server, keelOfServer),
  ]
  const keel = new ServerKeel(watch, tuning, place, () => {
    for (const step of undo.splice(0)) step()
  })
  const isBare = Object.keys(options).length === 0
  const attachment: Attachment = { keel, watch, place, given: limits, yields, isBare }
  Object.defineProperty(server, keelOfServer, { value: attachment, configurable: true })
  if (server.listening) place.join()
  return attachment
}

/** Without an `idleTimeout` option, a longer timeout of the server stays. */
function limitsFor(options: ServerOptions, serverIdleTimeout: number): Limits<RequestHead> {
  const limits = parseOptions(options, system)
  if (options.idleTimeout !== undefined) return limits
  return Object.freeze({ ...limits, idleTimeout: Math.max(limits.idleTimeout, serverIdleTimeout) })
}
