import type { AgeSeen } from './probes/age.js'
import type { CountLimit } from './probes/pipeline.js'
import type { End, Used } from './probes/requests.js'

/** An age at which a server ends connections, in milliseconds: it lies between the two. */
export interface AgeLimit {
  readonly least: number
  readonly most: number
}

/** Connections open one behind the other, and timers fire early. So much of the time that was asked for is all of it. */
export const nearly = 0.95

/** What was seen to end connections in use. */
export interface SeenLimits {
  readonly count: CountLimit | undefined
  readonly age: AgeLimit | undefined
  /** How it did. The worst, where connections ended differently. */
  readonly end: End | undefined
}

/** From worst to best. */
const ends: readonly End[] = ['silent', 'refused', 'said']

/**
 * Tells counts from ages. Connections that get many requests and those that get few are ended at the same count, or
 * at the same age.
 */
export function limitsOf(quick: readonly Used[], slow: AgeSeen | undefined): SeenLimits {
  const byQuick = quick.filter(({ end }) => end !== undefined)
  const bySlow = (slow?.connections ?? []).filter(({ end }) => end !== undefined)
  // A slow connection that has got far fewer requests than any quick one was not ended for their number.
  const aged = bySlow.filter(({ requests }) => requests < surelyBelow(countLimitOf(quick)))
  const age =
    aged.length === 0
      ? undefined
      : {
          least: Math.min(...aged.map(({ ageBefore }) => ageBefore)),
          most: Math.max(...aged.map(({ age }) => age)),
        }
  const counted = byQuick.filter(({ age: at }) => age === undefined || at < age.least * 0.8)
  const ended = [...aged, ...counted].map(({ end }) => end)
  return { count: countLimitOf(counted), age, end: ends.find((end) => ended.includes(end)) }
}

/** The counts at which connections in quick use were ended, all of them. */
export function countLimitOf(quick: readonly Used[]): CountLimit | undefined {
  const counts = quick.filter(({ end }) => end !== undefined).map(({ requests }) => requests)
  return counts.length === 0 ? undefined : { least: Math.min(...counts), most: Math.max(...counts) }
}

/** Fewer requests than this end no connection. Where each draws its own count, some lie outside those that were seen. */
export function surelyBelow(limit: CountLimit | undefined): number {
  if (limit === undefined) return Number.POSITIVE_INFINITY
  return limit.least - 2 * (limit.most - limit.least)
}
