/**
 * What the demo in examples/rebalance measured with `--servers 20 --connections 400` and what each run adds to that: 10
 * servers that become 20, with 400 clients. Another load on the machine took part of the requests that were planned, so
 * `rate` is what came. Times are seconds; `scaleAt` and `judged` are what the demo makes of
 * `--seconds`.
 */
export const measured = {
  /** The mean of three runs. */
  without: {
    command: '--seconds 150, --seconds 180 twice',
    rate: 1_785,
    scaleAt: 30,
    judged: 30,
    hottest: 2.524,
    newShare: 0,
  },
  limit: {
    command: '--max-requests 100 --seconds 150',
    rate: 1_778,
    maxRequests: 100,
    scaleAt: 25,
    judged: 25,
    hottest: 1.314,
    newShare: 0.958,
    reconnectsPerSecond: 19.34,
    life: { p50: 19.25, p99: 24.54 },
  },
  fleet: {
    command: '--max-requests 60 --seconds 180',
    rate: 1_720,
    scaleAt: 30,
    judged: 30,
    evenAfter: 90.48,
    hottest: 1.118,
    newShare: 0.897,
    reconnectsUntilEven: 319,
  },
} as const
