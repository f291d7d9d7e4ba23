import type { Traffic } from './messages.js'
import type { Run, Second } from './run.js'

/** For tests: what the clients of a made-up run saw. */
export function sampleTraffic(parts: Partial<Traffic> = {}): Traffic {
  const latency = { p50: 1, p99: 2 }
  return { requests: 1000, opened: 80, lastResponses: 0, failures: {}, latency, ...parts }
}

/** For tests: a made-up run without Even Keel. */
export function sampleRun(parts: Partial<Run> = {}): Run {
  const traffic = sampleTraffic()
  return { act: 'without', seconds: [], judged: [], choices: 300, opened: 80, traffic, ...parts }
}

/** For tests: 30 seconds, the first 5 with two of four servers, each second with the requests and connections given. */
export function sampleSeconds(requests: readonly number[], opened: number): Second[] {
  return Array.from({ length: 30 }, (_, passed) => ({
    second: passed + 1,
    requests: passed < 5 ? [50, 50] : requests,
    opened: 80 + passed * opened,
    latency: { p50: 0.4, p99: passed === 5 ? 30 : 3 },
  }))
}

/** For tests: a made-up run with a fleet, whose clients come back 80 times. */
export function sampleFleet(parts: Partial<Run> = {}): Run {
  const seconds = sampleSeconds([26, 25, 25, 24], 0).map((second, passed) => ({
    ...second,
    opened: 80 + Math.min(80, passed * 8),
  }))
  return sampleRun({
    act: 'fleet',
    seconds,
    judged: [130, 125, 125, 120],
    opened: 160,
    traffic: sampleTraffic({ opened: 160, lastResponses: 80 }),
    metrics: {
      open: 0,
      opened: 160,
      requests: 1000,
      retired: { fleet: 80 },
      closed: { fleet: 80, none: 80 },
    },
    ...parts,
  })
}
