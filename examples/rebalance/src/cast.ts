import { Child, type Start } from '@evenkeel/example-stage/child'
import type { FleetStatus } from '@evenkeel/node'
// The process that has the workers of the fleet keeps what they tell.
import '@evenkeel/fleet'
import type { Answer, Command, Latency } from './messages.js'
import type { Metrics } from './metrics.js'
import { scrape } from './scrape.js'

type Player = Child<Command, Answer>

/** The processes of one run. */
export class Cast {
  readonly balancer: Player = new Child(new URL('balancer.js', import.meta.url))
  readonly clients: Player = new Child(new URL('clients.js', import.meta.url))
  readonly #servers: Player[] = []
  readonly #ports: number[] = []
  readonly #metricsPorts: number[] = []
  readonly #server: Start

  /** @param server how a server is started. */
  constructor(server: Start) {
    this.#server = server
  }

  /** Starts servers up to that many, and has the balancer choose among all of them once they listen. */
  async scaleTo(servers: number): Promise<void> {
    const added = Array.from(
      { length: servers - this.#servers.length },
      (): Player => new Child(new URL('server.js', import.meta.url), this.#server),
    )
    this.#servers.push(...added)
    const listening = await Promise.all(added.map((server) => server.answer('listening')))
    this.#ports.push(...listening.map(({ port }) => port))
    this.#metricsPorts.push(...listening.flatMap(({ metricsPort }) => metricsPort ?? []))
    await this.balancer.ask({ type: 'balance', ports: this.#ports }, 'balancing')
  }

  async served(): Promise<number[]> {
    return Promise.all(this.#servers.map(count))
  }

  async opened(): Promise<number> {
    return count(this.balancer)
  }

  /** What the clients measured since the last call. */
  async latency(): Promise<Latency | undefined> {
    return (await this.clients.ask({ type: 'lap' }, 'lapped')).latency
  }

  /** From here on no fleet retires a connection. Resolves with how each server stood in it; nothing without one. */
  async leaveFleet(): Promise<FleetStatus[]> {
    const left = await Promise.all(this.#servers.map((server) => server.ask({ type: 'leave' }, 'left')))
    return left.flatMap(({ status }) => status ?? [])
  }

  /** What the servers' metrics say; nothing where they have none. */
  async metrics(): Promise<Metrics | undefined> {
    return this.#metricsPorts.length === 0 ? undefined : scrape(this.#metricsPorts)
  }

  async end(): Promise<void> {
    await Promise.all([this.clients, this.balancer, ...this.#servers].map((child) => child.end()))
  }
}

async function count(child: Player): Promise<number> {
  return (await child.ask({ type: 'count' }, 'counted')).count
}
