import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { type Connection, type DrainLimits, type DrainReport, stateOf } from '@evenkeel/core'
import { join } from '../attach.js'
import type { Keel } from '../keel.js'
import type { HttpServer } from '../options.js'
import type { Transport, Watch } from '../watch.js'
import { parseShutdownOptions, type ShutdownOptions } from './options.js'

/** A Fastify instance: it has its server, and closes it. */
export interface Instance {
  readonly server: HttpServer
  close(): PromiseLike<unknown>
}

/**
 * Leaves without anyone noticing: says that it is not ready, serves on for `delay`, drains, closes the server and
 * resolves. Never ends the process. A second call for the same server begins what the first one waits for, and
 * gives the same report.
 *
 * @param target a server, or a Fastify instance.
 * @throws {@link OptionError} (as a rejection) for an option that cannot be used, and for what is no server.
 */
export async function shutdown(
  target: HttpServer | Instance,
  options: ShutdownOptions = {},
): Promise<DrainReport> {
  const server = isInstance(target) ? target.server : target
  const { watch, keel } = join(server, {})
  const { delay, signals, ...limits } = parseShutdownOptions(options, watch.limits)
  if (watch.shutdown !== undefined) {
    watch.shutdown.begin(delay)
    return watch.shutdown.finished
  }
  const begun = new AbortController()
  let drained: Promise<DrainReport> | undefined
  const begin = (after: number): Promise<DrainReport> => {
    drained ??= drain(watch, keel, after, limits)
    begun.abort()
    return drained
  }
  const finished = (async () => {
    if (signals.length > 0) await anyOf(signals, begun.signal)
    const report = await begin(delay)
    await close(target, server, watch, limits.grace)
    return report
  })()
  watch.shutdown = { begin, finished }
  return finished
}

function isInstance(target: HttpServer | Instance): target is Instance {
  return typeof target === 'object' && target !== null && 'server' in target
}

/** Resolves with the first of these signals, or when somebody else has begun; listens to none of them any more then. */
async function anyOf(signals: readonly NodeJS.Signals[], begun: AbortSignal): Promise<void> {
  const listening = new AbortController()
  const { signal } = listening
  const first = [...signals.map((name) => once(process, name, { signal })), aborted(begun)]
  await Promise.race(first)
  listening.abort()
  await Promise.allSettled(first.slice(0, -1))
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}

async function drain(watch: Watch, keel: Keel, delay: number, limits: DrainLimits): Promise<DrainReport> {
  watch.ready = false
  if (delay > 0) await wait(delay)
  // For those that come when the drain is over and the server not yet closed.
  watch.newcomers.add(retireNewcomer)
  return keel.drain(limits)
}

function retireNewcomer(connection: Connection<Transport>): void {
  connection.transport.watch.tracker.retire(connection, 'drain', connection.openedAt)
}

async function close(
  target: HttpServer | Instance,
  server: HttpServer,
  watch: Watch,
  grace: number,
): Promise<void> {
  const timer = grace === Infinity ? undefined : setTimeout(() => destroyAll(watch), grace)
  if (isInstance(target)) await target.close()
  else if (server.listening) await new Promise((resolve) => server.close(resolve))
  clearTimeout(timer)
}

/** Connections that came so late that they were not drained, and have not ended by themselves. */
function destroyAll({ tracker }: Watch): void {
  for (const connection of [...tracker]) {
    if (['active', 'upgraded'].includes(stateOf(connection))) tracker.destroy(connection)
    connection.transport.destroy()
  }
}
