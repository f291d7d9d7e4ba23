import { setImmediate } from 'node:timers/promises'

/** Turns of the event loop: so many by default that all that is under way within this process arrives. */
export async function turns(count: number = 100): Promise<void> {
  for (let turn = 0; turn < count; turn++) await setImmediate()
}
