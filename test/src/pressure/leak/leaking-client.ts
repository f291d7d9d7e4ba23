import { RawClient } from '@evenkeel/test-kit/raw-client'
import { countFailure } from './exchange.js'
import type { LeakCount } from './messages.js'

// A process of its own: opens so many connections as fast as it can, tells, and holds them until it is ended.
const [port, wanted] = process.argv.slice(2).map(Number)
const workers = 20
/** It gives up where hardly anything is opened any more. */
const mostAttempts = 20 * Number(wanted)

const failures: Record<string, number> = {}
let begun = 0
let opened = 0

async function work(): Promise<void> {
  while (opened < Number(wanted) && begun < mostAttempts) {
    begun++
    try {
      // The fault: one request over a connection that is kept open for ever.
      const client = await RawClient.connect({ port: Number(port) })
      await client.request('/')
      opened++
    } catch (error) {
      countFailure(failures, error)
    }
  }
}

process.on('disconnect', () => process.exit())
await Promise.all(Array.from({ length: workers }, work))
process.send?.({ opened, failures } satisfies LeakCount)
