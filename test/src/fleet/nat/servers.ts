import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Address } from './clients.js'
import type { Message, Order } from './message.js'
import { balance, front, portOf } from './network.js'

type Variables = Readonly<Record<string, string>>

/** Servers that share the connections to one address. */
export abstract class Servers {
  abstract readonly address: Address
  /** The states of servers that have changed, since they were taken before. */
  protected readonly states: string[] = []
  readonly #requests: number[] = []
  readonly #processes: ChildProcess[] = []
  #heard = (): void => {}

  /** Resolves when there are so many, and connections go to all of them. */
  abstract grow(count: number): Promise<void>

  /** The requests of each since it was asked before. */
  async served(): Promise<readonly number[]> {
    const before = [...this.#requests]
    await this.hear(before.length, () => this.send('tell'))
    return this.#requests.map((requests, server) => requests - (before[server] ?? 0))
  }

  takeStates(): readonly string[] {
    return this.states.splice(0)
  }

  async stop(): Promise<void> {
    const ended = this.#processes.map((child) => once(child, 'exit'))
    for (const child of this.#processes) child.disconnect()
    await Promise.all(ended)
  }

  /** Resolves when so many servers have told something that is no state. */
  protected hear(servers: number, ask: () => void): Promise<void> {
    return new Promise((resolve) => {
      let left = servers
      this.#heard = () => {
        if (--left === 0) resolve()
      }
      ask()
    })
  }

  protected send(order: Order): void {
    for (const child of this.#processes) child.send(order)
  }

  protected start(program: string, address: Address, variables: Variables, number?: number): void {
    const withKeel = Object.keys(variables).length > 0
    const child = fork(join(import.meta.dirname, program), [address.host, String(address.port)], {
      execArgv: withKeel ? ['--import', import.meta.resolve('@evenkeel/node/auto')] : [],
      cwd: import.meta.dirname,
      env: { ...process.env, ...variables },
    })
    child.on('message', ({ server = number ?? 0, requests, state }: Message) => {
      if (state !== undefined) this.states.push(`${server} ${state}`)
      else {
        this.#requests[server] = requests
        this.#heard()
      }
    })
    child.on('exit', (code) => {
      if (code !== 0) throw new Error(`a server ended with ${code}`)
    })
    this.#processes.push(child)
  }
}

/** Programs, and the kernel balances. */
export class Programs extends Servers {
  readonly address: Address = front
  readonly #variables: Variables
  #count = 0

  constructor(variables: Variables) {
    super()
    this.#variables = variables
  }

  async grow(count: number): Promise<void> {
    await this.hear(count - this.#count, () => {
      for (; this.#count < count; this.#count++)
        this.start('server.js', { ...front, port: portOf(this.#count) }, this.#variables, this.#count)
    })
    balance(count)
  }
}

/** Workers of one program, and its primary process balances. */
export class Workers extends Servers {
  readonly address: Address = { host: '127.0.0.1', port: 9_100 }
  #count = 0

  constructor(variables: Variables) {
    super()
    this.start('primary.js', this.address, variables)
  }

  async grow(count: number): Promise<void> {
    await this.hear(count - this.#count, () => this.send({ grow: count }))
    this.#count = count
  }
}
