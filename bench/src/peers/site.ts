import type { Program, Running } from './program.js'

/** What stands in front of the servers, and balances requests. */
export interface Front extends Program {
  /** Learns of servers that have come. */
  extend(ports: readonly number[]): Promise<void>
}

/** What is on the server's side besides the servers. */
export interface Around {
  readonly startFront?: (ports: readonly number[]) => Promise<Front>
  /** What the servers talk to. */
  readonly beside?: Running
}

/** All that is on the server's side of one peer. */
export class Site {
  readonly #startServer: (number: number) => Promise<Program>
  readonly #beside: Running | undefined
  #servers: readonly Program[] = []
  #front: Front | undefined

  /** @param startServer given the number of the server, from 1, which its answers tell. */
  static async open(
    count: number,
    startServer: (number: number) => Promise<Program>,
    { startFront, beside }: Around = {},
  ): Promise<Site> {
    const site = new Site(startServer, beside)
    await site.grow(count)
    site.#front = await startFront?.(site.servers)
    return site
  }

  private constructor(startServer: (number: number) => Promise<Program>, beside: Running | undefined) {
    this.#startServer = startServer
    this.#beside = beside
  }

  /** The ports of the servers themselves. */
  get servers(): readonly number[] {
    return this.#servers.map(({ port }) => port)
  }

  /** The ports that clients connect to. */
  get entrances(): readonly number[] {
    return this.#front === undefined ? this.servers : [this.#front.port]
  }

  /** The ids of the processes whose CPU time counts, with all that they have started. */
  get processes(): readonly number[] {
    return this.#all.map(({ pid }) => pid)
  }

  /** Starts servers until there are so many. */
  async grow(count: number): Promise<void> {
    const numbers = Array.from(
      { length: count - this.#servers.length },
      (_, i) => this.#servers.length + i + 1,
    )
    const started = await Promise.all(numbers.map((number) => this.#startServer(number)))
    this.#servers = [...this.#servers, ...started]
    await this.#front?.extend(this.servers)
  }

  async end(): Promise<void> {
    await Promise.all(this.#all.map((program) => program.end()))
  }

  get #all(): Running[] {
    return [...this.#servers, this.#front, this.#beside].filter((program) => program !== undefined)
  }
}
