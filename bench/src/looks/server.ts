import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { inspector } from '@evenkeel/inspector'
import { attach } from '@evenkeel/node'
import { collect } from '@evenkeel/prometheus'
import { answer } from '../child.js'
import { cpuTime } from '../cpu.js'
import { listening } from '../servers/listening.js'
import { helloServer } from '../servers/node.js'
import { quantile } from '../statistics.js'
import { listen } from '../table/many.js'

/** What the process of a server that is looked at can be asked. */
export type LooksServerAnswers = {
  /** Starts the server, and tells its port. */
  start(): Promise<number>
  /** Starts the inspector on a port of its own, and tells it. */
  inspect(): Promise<number>
  /** The CPU time of one scrape of so many, in milliseconds. */
  scrape(times: number): Promise<number>
  /** How many connections are open. */
  open(): Promise<number>
  /** User and system, in milliseconds. */
  cpu(): number
}

const server = helloServer({})
const keel = attach(server)
const register = collect(keel)

answer({
  start: () => listen(server),
  inspect: async () => {
    const page = await listening(createServer(inspector(keel)).listen(0, '127.0.0.1'))
    return (page.address() as AddressInfo).port
  },
  scrape: async (times) => {
    const taken: number[] = []
    while (taken.length < times) {
      const before = cpuTime()
      await register.metrics()
      taken.push(cpuTime() - before)
    }
    return quantile(taken, 0.5) / 1_000
  },
  open: promisify(server.getConnections.bind(server)),
  cpu: () => cpuTime() / 1_000,
} satisfies LooksServerAnswers)
