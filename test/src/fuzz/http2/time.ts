import { FakeClock } from '@evenkeel/test-kit/fake-clock'

interface Interval {
  readonly task: () => void
  readonly period: number
  due: number
}

/** A clock for Even Keel, and the intervals that go with it: both stand still until they are told. */
export class Time extends FakeClock {
  readonly #intervals = new Set<Interval>()
  readonly #before = { setInterval, clearInterval }

  start(): void {
    const set = (task: () => void, period: number): object => {
      const interval = { task, period, due: this.now() + period, unref: () => interval, ref: () => interval }
      this.#intervals.add(interval)
      return interval
    }
    const clear = (interval: unknown): void => void this.#intervals.delete(interval as Interval)
    Object.assign(globalThis, { setInterval: set, clearInterval: clear })
  }

  stop(): void {
    Object.assign(globalThis, this.#before)
  }

  override advance(milliseconds: number): number {
    const now = super.advance(milliseconds)
    for (const interval of [...this.#intervals]) {
      if (interval.due > now || !this.#intervals.has(interval)) continue
      interval.due = now + interval.period
      interval.task()
    }
    return now
  }
}
