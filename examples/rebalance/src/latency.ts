import { createHistogram, type RecordableHistogram } from 'node:perf_hooks'
import type { Latency } from './messages.js'

/** How long answers took, each second apart and since the measuring began. Its size does not grow with them. */
export class LatencyMeter {
  readonly #second = createHistogram()
  readonly #measured = createHistogram()

  record(milliseconds: number): void {
    const microseconds = Math.max(1, Math.round(milliseconds * 1000))
    this.#second.record(microseconds)
    this.#measured.record(microseconds)
  }

  /** Begins anew what {@link measured} tells. */
  measure(): void {
    this.#measured.reset()
  }

  /** Of the answers since the last call; nothing where there were none. */
  lap(): Latency | undefined {
    const latency = this.#second.count === 0 ? undefined : latencyOf(this.#second)
    this.#second.reset()
    return latency
  }

  /** Of all answers since {@link measure}; 0 where there were none. */
  measured(): Latency {
    return this.#measured.count === 0 ? { p50: 0, p99: 0 } : latencyOf(this.#measured)
  }
}

function latencyOf(histogram: RecordableHistogram): Latency {
  return { p50: histogram.percentile(50) / 1000, p99: histogram.percentile(99) / 1000 }
}
