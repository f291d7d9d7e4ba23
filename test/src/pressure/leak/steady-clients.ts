import { setMaxListeners } from 'node:events'
import { Agent } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { countFailure, exchange } from './exchange.js'
import type { SteadyCount } from './messages.js'

// A process of its own: clients at 127.0.0.2 and up, each with one connection that it keeps. Tells when all have
// theirs, and at the end, behind one last request of each, what became of them.
const [port, clients] = process.argv.slice(2).map(Number)
const body = 'x'.repeat(1024)
/** Between two requests of a client: short for one half, and longer than the leak needs to fill all places. */
const thinkTimes = [100, 2_000]

const failures: Record<string, number> = {}
let served = 0
let opened = 0
const stop = new AbortController()
setMaxListeners(0, stop.signal)

class Client {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #localAddress: string
  readonly #thinkTime: number

  constructor(number: number) {
    this.#localAddress = `127.0.0.${number + 2}`
    this.#thinkTime = thinkTimes[number % thinkTimes.length] ?? 0
  }

  async send(): Promise<void> {
    try {
      const content = Math.random() < 0.5 ? body : ''
      const route = { port: Number(port), localAddress: this.#localAddress, agent: this.#agent }
      if (!(await exchange(route, content))) opened++
      served++
    } catch (error) {
      countFailure(failures, error)
    }
  }

  async live(): Promise<void> {
    const { signal } = stop
    while (!signal.aborted) {
      await pause(this.#thinkTime * (0.5 + Math.random()), undefined, { signal }).catch(() => {})
      await this.send()
    }
  }
}

const all = Array.from({ length: Number(clients) }, (_, number) => new Client(number))
await Promise.all(all.map((client) => client.send()))
process.send?.('ready')
const lives = Promise.all(all.map((client) => client.live()))

process.on('message', async () => {
  stop.abort()
  await lives
  process.send?.({ served, failures, opened } satisfies SteadyCount)
})
process.on('disconnect', () => process.exit())
