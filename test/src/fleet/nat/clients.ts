import { Agent, get } from 'node:http'
import { front } from './network.js'
import { logNormal, randomFrom } from './random.js'

export interface Crowd {
  readonly clients: number
  /** Requests per second, of all clients together. */
  readonly rate: number
  /** How many connections a client may have. */
  readonly pool: number
  readonly seed: number
}

/** Keep-alive clients with unequal rates. Each sends its requests at random moments, whatever became of the one before. */
export class Clients {
  opened = 0
  sent = 0
  failed = 0
  readonly failures: Map<string, number> = new Map()
  readonly #agents: Agent[] = []
  readonly #random: () => number
  #isOver = false

  constructor({ clients, rate, pool, seed }: Crowd) {
    this.#random = randomFrom(seed)
    const shares = Array.from({ length: clients }, () => logNormal(this.#random, 1))
    const all = shares.reduce((sum, share) => sum + share, 0)
    for (const share of shares) this.#start((rate * share) / all, pool)
  }

  stop(): void {
    this.#isOver = true
    for (const agent of this.#agents) agent.destroy()
  }

  #start(rate: number, pool: number): void {
    const agent = new Agent({ keepAlive: true, maxSockets: pool, maxFreeSockets: pool })
    this.#agents.push(agent)
    let due = performance.now()
    const next = (): void => {
      if (this.#isOver) return
      while (due <= performance.now()) {
        this.#send(agent)
        due += (-Math.log(1 - this.#random()) / rate) * 1_000
      }
      setTimeout(next, due - performance.now())
    }
    due += (this.#random() / rate) * 1_000
    next()
  }

  #send(agent: Agent): void {
    this.sent++
    const request = get({ ...front, agent }, (response) => {
      response.resume()
      response.on('error', (error) => this.#fail(error))
    })
    request.on('error', (error) => this.#fail(error))
    request.on('socket', (socket) => {
      if (socket.connecting && socket.listenerCount('connect') < 2)
        socket.once('connect', () => this.opened++)
    })
  }

  #fail(error: Error & { code?: string }): void {
    if (this.#isOver) return
    this.failed++
    const name = error.code ?? error.message
    this.failures.set(name, (this.failures.get(name) ?? 0) + 1)
  }
}
