import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Account, Order } from './programs/own.js'
import type { Errand, Settings } from './programs/primary.js'

export interface Start extends Settings {
  /** Loads Even Keel first. */
  readonly way?: 'import' | 'require'
  /** Variables, without their prefix `EVENKEEL_`. */
  readonly variables?: Readonly<Record<string, string>>
}

/** A cluster that runs for one test. */
export class Cluster {
  port = 0
  readonly pid: number
  /** What all its processes have printed as errors and warnings. */
  stderr = ''
  /** What came and was not asked for yet. */
  readonly messages: object[] = []
  readonly #primary: ChildProcess

  constructor(primary: ChildProcess) {
    this.#primary = primary
    this.pid = Number(primary.pid)
    ;(primary.stderr as Readable).setEncoding('utf8').on('data', (text) => {
      this.stderr += text
      primary.emit('progress')
    })
    primary.on('message', (message: object) => {
      this.messages.push(message)
      primary.emit('progress')
    })
    primary.on('exit', () => primary.emit('progress'))
  }

  send(errand: Errand): void {
    this.#primary.send(errand)
  }

  /** The next message of the primary that has this property. */
  next<Message>(what: string): Promise<Message> {
    return this.#take((message) => Object.hasOwn(message, what)) as Promise<never>
  }

  /** The next message of a worker that has this property. */
  async from<Message>(worker: number, what: string): Promise<Message> {
    const { message } = await this.#take<{ from?: number; message?: object }>(
      ({ from, message }) => from === worker && Object.hasOwn(Object(message), what),
    )
    return message as Message
  }

  order(worker: number, order: Order): void {
    this.send({ worker, order })
  }

  async account(worker: number): Promise<Account> {
    this.order(worker, 'tell')
    return (await this.from<{ account: Account }>(worker, 'account')).account
  }

  /** Asks a worker until its account is so. */
  async until(worker: number, isSo: (account: Account) => boolean): Promise<Account> {
    for (;;) {
      const account = await this.account(worker)
      if (isSo(account)) return account
    }
  }

  /** Waits for a text in what the processes have printed. */
  async printed(text: string): Promise<void> {
    while (!this.stderr.includes(text)) await this.#progress()
  }

  async #take<Message extends object>(isIt: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.messages.findIndex((message) => isIt(message as never))
      if (found !== -1) return this.messages.splice(found, 1)[0] as Message
      await this.#progress()
    }
  }

  async #progress(): Promise<void> {
    if (this.#primary.exitCode !== null) throw new Error(`the primary has ended: ${this.stderr}`)
    await once(this.#primary, 'progress')
  }
}

/** Runs a cluster for one test, and ends it. */
export async function clustered(
  file: 'bare.js' | 'own.js' | 'stranger.js',
  { way, variables = {}, ...settings }: Start,
  test: (cluster: Cluster) => Promise<void>,
): Promise<void> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(EVENKEEL_|NODE_)/.test(name))
  const given = Object.entries(variables).map(([name, value]) => [`EVENKEEL_${name}`, value])
  const primary = fork(join(import.meta.dirname, 'programs', file), [JSON.stringify(settings)], {
    execArgv: way === undefined ? [] : [`--${way}`, '@evenkeel/node/auto'],
    env: Object.fromEntries([...inherited, ...given]),
    cwd: join(import.meta.dirname, '..', '..', '..'),
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  const closed = Promise.all([once(primary, 'exit'), once(primary.stderr as Readable, 'end')])
  const cluster = new Cluster(primary)
  try {
    cluster.port = (await cluster.next<{ port: number }>('port')).port
    await test(cluster)
  } finally {
    process.kill(cluster.pid, 'SIGCONT')
    if (primary.connected) primary.disconnect()
    await closed
  }
}
