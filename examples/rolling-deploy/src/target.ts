import { connect, type Socket } from 'node:net'
import { forward } from '@evenkeel/example-rebalance/forward'
import type { Departures } from './messages.js'
import { Readiness } from './readiness.js'

/** One of the servers that the balancer chooses among, and the connections that it has there. */
export class Target {
  readonly port: number
  readonly readiness: Readiness
  #open = 0
  /** Set once the server is told to leave. */
  #departures: { since: number; connections: number; moments: number[] } | undefined
  #told: () => void = () => {}

  /** @param told called whenever the server has said whether it is ready. */
  constructor(port: number, told: () => void) {
    this.port = port
    this.readiness = new Readiness(port, told)
  }

  get isLeaving(): boolean {
    return this.#departures !== undefined
  }

  /** Opens a connection to the server for a client's. */
  serve(client: Socket): void {
    const server = connect({ host: '127.0.0.1', port: this.port, allowHalfOpen: true, noDelay: true })
    forward(client, server)
    this.#open += 1
    const isNew = this.isLeaving
    let open = true
    const end = (): void => {
      if (!open) return
      open = false
      this.#open -= 1
      if (!isNew) this.#departures?.moments.push(performance.now() - this.#departures.since)
      if (this.#open === 0) this.#told()
    }
    // Whichever side says goodbye first.
    for (const socket of [client, server]) socket.on('end', end).on('close', end)
  }

  /** The server is about to be told to leave. */
  leave(): void {
    this.#departures = { since: performance.now(), connections: this.#open, moments: [] }
  }

  /** What became of those that were open then, once the last connection has ended. */
  async departures(): Promise<Departures> {
    // The server knows of its end before a busy balancer has heard of all its connections'.
    while (this.#open > 0) await new Promise<void>((resolve) => (this.#told = resolve))
    const { connections, moments } = this.#departures ?? { connections: 0, moments: [] }
    return { connections, moments }
  }
}
