import type { Server } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import { answer } from '../child.js'
import { cpuTime } from '../cpu.js'
import { helloServer } from '../servers/node.js'
import { listen, until } from './many.js'
import { settledMemory } from './settled-memory.js'

/** What the process of a server can be asked whose passes run, and whose time goes on, only when it is told. */
export type SweepServerAnswers = {
  /** Starts an attached server, and tells its port. */
  start(): Promise<number>
  /**
   * Runs so many passes, a second of the server's time apart, while so many connections are open. Tells how long each
   * took, in milliseconds.
   */
  passes(connections: number, count: number): Promise<number[]>
  /** Runs one pass when all of them have expired. Nothing has been sent on them. */
  expire(connections: number): Promise<number>
}

/** The server's time between two passes, in milliseconds. */
const period = 1_000

/** Longer than all passes together, so that nothing expires before it is to, in milliseconds. */
const idleTimeout = 24 * 3_600_000

/** Written between two passes, so that a processor's nearer caches forget the table, as in a second of other work. */
const elsewhere = new Uint8Array(32 * 2 ** 20)

const clock = new FakeClock()
let server: Server

/** What runs at each pass. Node sets its own timers without the global function, so this is Even Keel's. */
let pass = (): void => {
  throw new Error('nothing to time: the sweep no longer uses setInterval')
}
const { setInterval } = globalThis
Object.defineProperty(globalThis, 'setInterval', {
  value: (task: () => void, wait: number) => {
    pass = task
    return setInterval(() => {}, wait)
  },
})

answer({
  start: () => {
    server = helloServer({ clock, idleTimeout, maxConnections: 20_000 })
    return listen(server)
  },
  passes: async (connections, count) => {
    await prepare(connections)
    const times: number[] = []
    while (times.length < count) times.push(await passAfter(period))
    return times
  },
  expire: async (connections) => {
    await prepare(connections)
    const time = await passAfter(idleTimeout)
    await until(server, (open) => open < connections)
    return time
  },
} satisfies SweepServerAnswers)

/** The garbage that opening connections leaves is none of the sweep's. */
async function prepare(connections: number): Promise<void> {
  await until(server, (open) => open === connections)
  await settledMemory()
}

async function passAfter(milliseconds: number): Promise<number> {
  elsewhere.fill(clock.advance(milliseconds))
  await nextTurn()
  const cpu = cpuTime()
  const start = performance.now()
  pass()
  const elapsed = performance.now() - start
  // Time that went to another process is in the first, time of Node's other threads in the second.
  return Math.min(elapsed, (cpuTime() - cpu) / 1000)
}
