import { mock } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'

/** How often a drain of 10 000 ms looks what is due, in milliseconds. */
export const step = 50

/** How long anything is waited for. */
const longest = 1_000_000

/** A clock and the timers, which go on together and only when the test says so. */
export class Time {
  readonly clock: FakeClock = new FakeClock()

  /** Milliseconds go by, with two turns of the event loop for each step. */
  async pass(milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= step) await this.#tick(Math.min(step, left))
  }

  async passUntil(condition: () => boolean): Promise<void> {
    for (let passed = 0; !condition(); passed += step) {
      if (passed > longest) throw new Error(`what is waited for has not happened in ${passed} ms`)
      await this.#tick(step)
    }
  }

  /** Time goes by until the promise is settled. */
  async settled<Value>(promise: Promise<Value>): Promise<Value> {
    let isSettled = false
    const settle = (): void => {
      isSettled = true
    }
    promise.then(settle, settle)
    await this.passUntil(() => isSettled)
    return promise
  }

  async #tick(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds)
    mock.timers.tick(milliseconds)
    // One turn for what is done behind the reading of this one, and one for what comes of it.
    await setImmediate()
    await setImmediate()
  }
}

/** Runs a test in a time of its own. */
export async function timed(test: (time: Time) => Promise<void>): Promise<void> {
  // A test that has timed out may have left them on.
  mock.timers.reset()
  mock.timers.enable({ apis: ['setInterval'] })
  try {
    await test(new Time())
  } finally {
    mock.timers.reset()
  }
}

/** Waits without any time going by. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setImmediate()
}
