import { Agent, get } from 'node:http'
import { seeded } from '@evenkeel/test-kit/seeded'
import { logNormal } from './log-normal.js'

export interface Crowd {
  readonly clients: number
  /** Requests per second, of all clients together. */
  readonly rate: number
  /** How many connections a client may have. */
  readonly pool: number
  readonly seed: number
}

export interface Address {
  readonly host: string
  readonly port: number
}

/** How late a request may be sent, in milliseconds. What a busy machine has missed beyond that would come as a burst. */
const latest = 20

/** Within which time the clients begin, in milliseconds: servers that are cold would have them open every connection. */
const start = 3_000

/** Keep-alive clients with unequal rates. Each sends its requests at random moments, whatever became of the one before. */
export class Clients {
  opened = 0
  sent = 0
  readonly failures: string[] = []
  readonly #to: Address
  readonly #agents: Agent[] = []
  readonly #random: () => number
  #isOver = false

  constructor(to: Address, { clients, rate, pool, seed }: Crowd) {
    this.#to = to
    this.#random = seeded(seed)
    const shares = Array.from({ length: clients }, () => logNormal(this.#random, 1))
    const all = shares.reduce((sum, share) => sum + share, 0)
    for (const share of shares) this.#start((rate * share) / all, pool)
  }

  /** What has no answer yet gets none. */
  stop(): void {
    this.#isOver = true
    for (const agent of this.#agents) agent.destroy()
  }

  #start(rate: number, pool: number): void {
    const agent = new CountingAgent(pool, () => this.opened++)
    this.#agents.push(agent)
    const pause = (): number => (-Math.log(1 - this.#random()) / rate) * 1_000
    let due = performance.now() + this.#random() * start
    const next = (): void => {
      if (this.#isOver) return
      due = Math.max(due, performance.now() - latest)
      for (; due <= performance.now(); due += pause()) this.#send(agent)
      setTimeout(next, due - performance.now())
    }
    next()
  }

  #send(agent: Agent): void {
    this.sent++
    const fail = (error: Error): void => {
      if (!this.#isOver) this.failures.push(error.message)
    }
    get({ ...this.#to, agent }, (response) => response.on('error', fail).resume()).on('error', fail)
  }
}

class CountingAgent extends Agent {
  readonly #opens: () => void

  constructor(connections: number, opens: () => void) {
    super({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections })
    this.#opens = opens
  }

  override createConnection(...settings: Parameters<Agent['createConnection']>) {
    this.#opens()
    return super.createConnection(...settings)
  }
}
