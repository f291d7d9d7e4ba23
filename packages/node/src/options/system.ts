import type { Environment } from '@evenkeel/core'
import { warn } from './warn.js'

/** The clock and the randomness of a running process. */
export const system: Environment = Object.freeze({
  // Whole milliseconds, because every fraction that a connection holds takes 16 bytes.
  clock: { now: () => Math.trunc(performance.now()) },
  random: Math.random,
})

/** An error in a user's callback is shown once, as a process warning, and fails no request. */
export function reportError(error: unknown): void {
  warn(error instanceof Error ? error : String(error), 'EVENKEEL_CALLBACK')
}
