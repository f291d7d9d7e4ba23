import { performance } from 'node:perf_hooks'

/** How busy the event loop was since the last call, from 0 to 1. */
export function utilization(): () => number {
  let before = performance.eventLoopUtilization()
  return () => {
    const now = performance.eventLoopUtilization()
    const since = performance.eventLoopUtilization(now, before)
    before = now
    return since.utilization
  }
}
