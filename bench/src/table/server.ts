import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import { attach, type Keel, type ServerOptions } from '@evenkeel/node'
import { answer } from '../child.js'
import { cpuTime } from '../cpu.js'
import { helloServer } from '../servers/node.js'
import { listen, until } from './many.js'
import { type Memory, settledMemory } from './settled-memory.js'

/** What a server was occupied with. */
export interface Occupied {
  /** How late the event loop came to a timer of 1 millisecond, that one included, in milliseconds. */
  readonly delay: { readonly p50: number; readonly p99: number; readonly max: number }
  /** CPU time, user and system, in milliseconds. */
  readonly cpu: number
  /** How many connections made room. */
  readonly evicted: number
}

/** What a server is: bare where nothing is said. */
export interface Serving {
  /** With Even Keel. */
  readonly options?: ServerOptions
  /** Without, but it closes its oldest connection whenever there are more than so many. */
  readonly atMost?: number
}

/** What the process of a server with many connections can be asked. */
export type TableServerAnswers = {
  /** Starts the server, and tells its port. */
  start(serving: Serving): Promise<number>
  /** What it holds when so many connections are open, and so many requests have been answered in all. */
  memory(connections: number, requests: number): Promise<Memory>
  watch(): void
  /** Since `watch`. */
  occupied(): Occupied
}

let server: Server
let keel: Keel | undefined
let answered = 0
let delay: IntervalHistogram
let cpuBefore: number

answer({
  start: ({ options, atMost }) => {
    server = helloServer(options)
    if (options !== undefined) keel = attach(server)
    if (atMost !== undefined) closeOldest(atMost)
    server.on('request', (_request, response) => response.on('close', () => answered++))
    return listen(server)
  },
  memory: async (connections, requests) => {
    await until(server, (open) => open === connections && answered === requests)
    return settledMemory()
  },
  watch: () => {
    delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    cpuBefore = cpuTime()
  },
  occupied: () => {
    const cpu = cpuTime() - cpuBefore
    delay.disable()
    return {
      delay: {
        p50: delay.percentile(50) / 1e6,
        p99: delay.percentile(99) / 1e6,
        max: delay.max / 1e6,
      },
      cpu: cpu / 1000,
      evicted: keel?.snapshot().totals.retired.evicted ?? 0,
    }
  },
} satisfies TableServerAnswers)

/** The least that can make room: in the order of their accept, whatever they do. */
function closeOldest(atMost: number): void {
  const sockets: Socket[] = []
  let oldest = 0
  server.on('connection', (socket) => {
    sockets.push(socket)
    if (sockets.length - oldest > atMost) sockets[oldest++]?.destroy()
  })
}
