import { setTimeout as wait } from 'node:timers/promises'
import { addReports, type Connection, type DrainReport, defaults } from '@evenkeel/core'
import type { Transport } from '../connection/watch.js'
import type { HttpServer } from '../options/options.js'
import { assertServer } from '../server/assert-server.js'
import { attachMeanwhile, join, keelOf } from '../server/attach.js'
import { isHttpServer } from '../server/events.js'
import { siblingsOf } from '../server/siblings.js'
import { parseShutdownOptions, type ShutdownOptions } from './options.js'
import { aborted, firstOf } from './process-signals.js'

/** A Fastify instance: it has its server, and closes it. */
export interface Instance {
  readonly server: HttpServer
  close(): PromiseLike<unknown>
}

/** The shutdown of one server. */
interface Shutdown {
  /** Begins it, if it has not begun, and resolves when the server is drained. */
  begin(delay: number): Promise<DrainReport>
  /** Aborted when it has begun. */
  readonly begun: AbortSignal
  /** Resolves when the server is closed. */
  readonly finished: Promise<DrainReport>
  isOver: boolean
}

const shutdowns = new WeakMap<HttpServer, Shutdown>()

/**
 * Shuts a server down without a lost request. It says that it is not ready, goes on for `delay`, drains, closes the
 * server and resolves. It never ends the process. If a first call waits for a signal, a second call begins the
 * shutdown. Both get the same report.
 *
 * @param target a server, or a Fastify instance. A server that is not attached gets attached with the default
 *   options, until somebody attaches it with others.
 * @throws {@link OptionError} (as a rejection) for an option that cannot be used, and for what is no server.
 */
export async function shutdown(
  target: HttpServer | Instance,
  options: ShutdownOptions = {},
): Promise<DrainReport> {
  if (!isInstance(target)) assertServer(target, 'shutdown')
  const server = isInstance(target) ? target.server : target
  const { delay, signals, grace } = parseShutdownOptions(options, defaults)
  const present = shutdowns.get(server)
  if (present !== undefined && !(present.isOver && server.listening)) {
    if (signals.length > 0) await Promise.race([firstOf(signals, present.begun), aborted(present.begun)])
    present.begin(delay)
    return present.finished
  }
  // Connections that opened before the watch are drained only if they are seen again.
  const isLate = attachMeanwhile(server, {}) && server.listening
  const servers = (): readonly HttpServer[] => (isInstance(target) ? siblingsOf(server) : [server])
  const begun = new AbortController()
  const over = new AbortController()
  let drained: Promise<DrainReport> | undefined
  const begin = (after: number): Promise<DrainReport> => {
    drained ??= drainAll(servers(), after, options, isLate && signals.length === 0)
    begun.abort()
    return drained
  }
  const run = async (): Promise<DrainReport> => {
    if (signals.length > 0) await Promise.race([firstOf(signals, over.signal), aborted(begun.signal)])
    const report = await begin(delay)
    await close(target, servers(), grace)
    return report
  }
  const finished = run()
  const own: Shutdown = { begin, begun: begun.signal, finished, isOver: false }
  shutdowns.set(server, own)
  try {
    return await finished
  } finally {
    own.isOver = true
    over.abort()
  }
}

/** Drains a server whose shutdown is prepared, on behalf of somebody who is about to close it. */
export async function leave(server: HttpServer): Promise<void> {
  await shutdowns.get(server)?.begin(0)
}

function isInstance(target: HttpServer | Instance): target is Instance {
  const { server, close } = Object(target)
  return isHttpServer(server) && typeof close === 'function'
}

async function drainAll(
  servers: readonly HttpServer[],
  delay: number,
  options: ShutdownOptions,
  isUnseen: boolean,
): Promise<DrainReport> {
  const attachments = servers.map((server) => join(server, {}))
  for (const { watch } of attachments) {
    watch.service.ready = false
    watch.fleet.leave()
  }
  if (delay > 0) await wait(delay)
  const reports = attachments.map(async ({ watch, keel }) => {
    const { delay: _, signals: __, ...limits } = parseShutdownOptions(options, watch.limits)
    // The server closes its connections, dry run or not. So the dry run ends here.
    watch.tracker.rehearse(false, watch.limits.clock.now())
    // For connections that come after the drain and before the close, and for those that are first seen now.
    watch.service.newcomers.add(retireNewcomer)
    watch.service.unseen = isUnseen
    return keel.drain(limits)
  })
  return addReports(await Promise.all(reports))
}

function retireNewcomer(connection: Connection<Transport>): void {
  connection.transport.watch.tracker.retire(connection, 'drain', connection.openedAt)
}

async function close(
  target: HttpServer | Instance,
  servers: readonly HttpServer[],
  grace: number,
): Promise<void> {
  const timer = grace === Infinity ? undefined : setTimeout(() => servers.forEach(destroyAll), grace)
  if (isInstance(target)) await target.close()
  else await Promise.all(servers.filter(({ listening }) => listening).map(closed))
  clearTimeout(timer)
}

function closed(server: HttpServer): Promise<unknown> {
  return new Promise((resolve) => server.close(resolve))
}

/** Destroys connections that came too late for the drain and have not ended by themselves. */
function destroyAll(server: HttpServer): void {
  if (keelOf(server) === undefined) return
  const { tracker, limits } = join(server, {}).watch
  for (const connection of [...tracker]) {
    if (!connection.isIdle) tracker.destroy(connection, limits.clock.now())
    connection.transport.destroy()
  }
  // This closes connections that were never seen: they are older than our watch and have sent nothing since.
  if ('closeAllConnections' in server) server.closeAllConnections()
}
