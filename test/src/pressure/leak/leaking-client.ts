import { Agent } from 'node:http'
import { countFailure, exchange } from './exchange.js'
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
      // The fault: a keep-alive agent for one request, which keeps its connection for ever.
      const agent = new Agent({ keepAlive: true })
      await exchange({ port: Number(port), localAddress: '127.0.0.1', agent })
      opened++
    } catch (error) {
      countFailure(failures, error)
    }
  }
}

process.on('disconnect', () => process.exit())
await Promise.all(Array.from({ length: workers }, work))
process.send?.({ opened, failures } satisfies LeakCount)
