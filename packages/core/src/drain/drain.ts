import type { Limits } from '../options/options.js'
import { type Parsers, parse } from '../options/parse.js'
import { duration, grace, share, window } from '../options/parsers.js'

/** How a server is drained. Durations are milliseconds. */
export interface DrainOptions {
  /**
   * The window over which the connections leave, in milliseconds. Default 10 000.
   * HAProxy's `hard-stop-after` and Envoy's `--drain-time-s` bound the same.
   */
  within?: number | undefined
  /**
   * How long a connection must be unused before it is closed while it is idle, in milliseconds. It must also be unused
   * for three times the mean pause between its requests. Default a quarter of `within`, and never below `quietGuard`. In
   * the last part of the window (a tenth of `within`), or of the grace if there is one, `quietGuard` alone is enough.
   */
  quiet?: number | undefined
  /**
   * How long work in flight may go on after the window, in milliseconds. Then it is destroyed. Default `Infinity`:
   * the drain waits for it.
   */
  grace?: number | undefined
  /**
   * The share of the open connections that leave, above 0 and up to 1. Default 1: all of them, and every new one
   * after its first response. With less, the server stays in service, and new connections stay.
   */
  fraction?: number | undefined
}

export type DrainLimits = { readonly [Name in keyof DrainOptions]-?: number }

/** What happened to the connections that had to leave. */
export interface DrainReport {
  /** How many there were at the start. */
  readonly connections: number
  /** How many came meanwhile. Each was served one request. */
  readonly newcomers: number
  /** Ended after a response that said `Connection: close`, or by their clients. */
  readonly closedPolitely: number
  /** Ended while idle, without such a response. */
  readonly closedIdle: number
  /** Cut after the grace. */
  readonly destroyed: number
  /** Requests that the server counted meanwhile. */
  readonly requests: number
  /** Requests that came after a connection's last response: never handed to the application. */
  readonly lateRequests: number
  /** Milliseconds. */
  readonly duration: number
}

/** The parsers of the options that a drain and a shutdown share. */
export const drainParsers: Parsers<Omit<DrainLimits, 'fraction'>> = {
  within: window,
  quiet: duration,
  grace,
}

/** The defaults of these options. */
export function drainDefaults(
  options: DrainOptions,
  { quietGuard }: Pick<Limits, 'quietGuard'>,
): Omit<DrainLimits, 'fraction'> {
  const within = 10_000
  return { within, quiet: Math.max(quietGuard, (options?.within ?? within) / 4), grace: Infinity }
}

/** @throws {@link OptionError} for an unknown name or a value that cannot be used. */
export function parseDrainOptions(options: DrainOptions, limits: Pick<Limits, 'quietGuard'>): DrainLimits {
  const defaults = { ...drainDefaults(options, limits), fraction: 1 }
  return parse<DrainLimits>({ ...drainParsers, fraction: share }, defaults, options, '{ within: 10_000 }')
}

/** The sum of several reports, for servers that left at the same time. */
export function addReports(reports: readonly DrainReport[]): DrainReport {
  const sum = (name: keyof DrainReport): number => reports.reduce((total, report) => total + report[name], 0)
  return Object.freeze({
    connections: sum('connections'),
    newcomers: sum('newcomers'),
    closedPolitely: sum('closedPolitely'),
    closedIdle: sum('closedIdle'),
    destroyed: sum('destroyed'),
    requests: sum('requests'),
    lateRequests: sum('lateRequests'),
    duration: Math.max(...reports.map(({ duration }) => duration)),
  })
}
