import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Clients, type Crowd } from './clients.js'
import { balance, front, portOf, setUp } from './network.js'

export interface Plan extends Crowd {
  readonly from: number
  readonly to: number
  /** When servers are added, and when it is over, in seconds. */
  readonly at: number
  readonly seconds: number
  /** The variables of the servers. */
  readonly variables: Readonly<Record<string, string>>
  /** Told of each second. */
  readonly show?: (second: Second) => void
}

export interface Second {
  readonly second: number
  /** Requests of each server. */
  readonly served: readonly number[]
  /** The busiest over the mean. */
  readonly hottest: number
  readonly opened: number
  readonly states: readonly string[]
}

export interface Outcome {
  readonly seconds: readonly Second[]
  readonly opened: number
  readonly sent: number
  readonly failed: number
  readonly failures: Readonly<Record<string, number>>
}

/** A scale-out behind a balancer in the kernel. This process must have a network of its own. */
export async function play(plan: Plan): Promise<Outcome> {
  setUp()
  const servers: Server[] = []
  const grow = async (count: number): Promise<void> => {
    while (servers.length < count) servers.push(new Server(servers.length, plan.variables))
    await Promise.all(servers.map((server) => server.ready))
    balance(count)
  }
  await grow(plan.from)
  const clients = new Clients(plan)
  const seconds: Second[] = []
  let opened = 0
  for (let second = 1; second <= plan.seconds; second++) {
    await wait(1_000)
    const served = await Promise.all(servers.map((server) => server.served()))
    const mean = served.reduce((sum, count) => sum + count, 0) / served.length
    const states = servers.flatMap((server) => server.takeStates())
    seconds.push({
      second,
      served,
      hottest: Math.max(...served) / mean,
      opened: clients.opened - opened,
      states,
    })
    opened = clients.opened
    plan.show?.(seconds.at(-1) as Second)
    if (second === plan.at) await grow(plan.to)
  }
  clients.stop()
  await Promise.all(servers.map((server) => server.stop()))
  const { sent, failed, failures } = clients
  return { seconds, opened, sent, failed, failures: Object.fromEntries(failures) }
}

class Server {
  readonly ready: Promise<void>
  readonly #process: ChildProcess
  readonly #number: number
  #requests = 0
  #states: string[] = []
  #told: (requests: number) => void = () => {}

  constructor(number: number, variables: Readonly<Record<string, string>>) {
    this.#number = number
    this.#process = fork(
      fileURLToPath(new URL('./server.js', import.meta.url)),
      [String(portOf(number)), front.host],
      {
        execArgv:
          Object.keys(variables).length > 0 ? ['--import', import.meta.resolve('@evenkeel/node/auto')] : [],
        cwd: import.meta.dirname,
        env: { ...process.env, ...variables },
      },
    )
    this.#process.on('message', ({ requests, state }: { requests?: number; state?: string }) => {
      if (state !== undefined) this.#states.push(`${number}: ${state}`)
      if (requests !== undefined) this.#told(requests)
    })
    this.ready = this.served().then(() => {})
  }

  /** Requests since it was asked before. */
  async served(): Promise<number> {
    const told = new Promise<number>((resolve, reject) => {
      this.#told = resolve
      this.#process.once('exit', (code) => reject(new Error(`server ${this.#number} ended with ${code}`)))
    })
    this.#process.send('requests')
    const requests = await told
    this.#process.removeAllListeners('exit')
    const since = requests - this.#requests
    this.#requests = requests
    return since
  }

  takeStates(): readonly string[] {
    return this.#states.splice(0)
  }

  async stop(): Promise<void> {
    this.#process.disconnect()
    await once(this.#process, 'exit')
  }
}
