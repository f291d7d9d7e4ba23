import assert from 'node:assert/strict'
import { after } from 'node:test'
import { setImmediate } from 'node:timers/promises'

const seen: string[] = []
process.on('uncaughtExceptionMonitor', (error) => seen.push(`uncaught: ${error.stack}`))
process.on('unhandledRejection', (error) => seen.push(`unhandled: ${(error as Error)?.stack ?? error}`))
process.on('warning', ({ name, stack }) => {
  // The test runner's own mocks are an experiment on Node 20.
  if (name !== 'ExperimentalWarning') seen.push(`warned: ${stack}`)
})

/** Fails if something was thrown past every handler of this process, or was warned of, since it was asked last. */
export async function assertQuiet(): Promise<void> {
  // A warning is told of a tick after it was made.
  await setImmediate()
  assert.deepEqual(seen.splice(0), [])
}

after(assertQuiet)
