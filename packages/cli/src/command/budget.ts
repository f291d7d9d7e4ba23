import type { Output } from './output.js'

/** How much a command sends at most. */
export interface Limits {
  readonly connections: number
  readonly requests: number
}

/** What a command may still send. Whoever opens a connection or sends a request takes it from here first. */
export class Budget {
  readonly limits: Limits
  #connections = 0
  #requests = 0

  constructor(limits: Limits) {
    this.limits = limits
  }

  /** What has been sent. */
  get sent(): Limits {
    return { connections: this.#connections, requests: this.#requests }
  }

  /** @throws {RangeError} if it would be more than was told, which is a fault of the command. */
  takeConnection(): void {
    if (this.#connections >= this.limits.connections) throw exceeded('connections', this.limits.connections)
    this.#connections++
  }

  /** @throws {RangeError} if it would be more than was told, which is a fault of the command. */
  takeRequests(count = 1): void {
    if (this.#requests + count > this.limits.requests) throw exceeded('requests', this.limits.requests)
    this.#requests += count
  }

  /** Says what will be sent at most, before anything is. */
  announce(output: Output): void {
    const { connections, requests } = this.limits
    output.note(`Sends at most ${requests} requests over at most ${connections} connections.`)
  }
}

function exceeded(what: keyof Limits, limit: number): RangeError {
  return new RangeError(`the command has told of ${limit} ${what} and may send no more`)
}
