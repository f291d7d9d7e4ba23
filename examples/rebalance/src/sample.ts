import type { Traffic } from './messages.js'
import type { Run, Second } from './run.js'

/** For tests: what the clients of a made-up run saw. */
export function sampleTraffic(parts: Partial<Traffic> = {}): Traffic {
  const latency = { p50: 1, p99: 2 }
  return { requests: 1000, opened: 160, lastResponses: 0, failures: {}, latency, ...parts }
}

/** For tests: a made-up run without Even Keel. */
export function sampleRun(parts: Partial<Run> = {}): Run {
  const traffic = sampleTraffic()
  return { act: 'without', seconds: [], judged: [], choices: 300, opened: 160, traffic, ...parts }
}

/** For tests: 20 seconds, the first 6 with two of four servers, each second with the requests and connections given. */
export function sampleSeconds(requests: readonly number[], opened: number): Second[] {
  return Array.from({ length: 20 }, (_, passed) => ({
    second: passed + 1,
    requests: passed < 6 ? [50, 50] : requests,
    opened: 160 + passed * opened,
    latency: { p50: 0.4, p99: passed === 6 ? 30 : 3 },
  }))
}
