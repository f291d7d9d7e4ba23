import type { Watch } from '../connection/watch.js'
import { warn } from '../options/warn.js'

/**
 * Warns once when a server ends idle connections before their clients do. Each end may meet a request on its way, and
 * that request fails.
 */
export function warnOfIdleRace(watch: Watch): () => void {
  let warned = false
  return () => {
    if (warned || !watch.idleTimer.tuned || watch.idleTimer.closes === 0) return
    warned = true
    const { idleTimeout } = watch.limits
    warn(
      `This server has closed ${watch.idleTimer.closes} idle connection(s) before their clients did, after the ` +
        `idleTimeout of ${idleTimeout} ms; a request that was on its way then has failed. Set idleTimeout above ` +
        "the time for which the peer in front keeps idle connections: idleTimeoutBehind('aws-alb'), for example.",
      'EVENKEEL_IDLE_RACE',
    )
  }
}
