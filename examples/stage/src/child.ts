import { type ChildProcess, fork } from 'node:child_process'
import cluster from 'node:cluster'
import { on, once } from 'node:events'
import { parse } from 'node:path'
import { fileURLToPath } from 'node:url'

const answerTimeout = 20_000
const endGrace = 2_000
/** Standard output belongs to the example alone: with --json it is one document. */
const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const

/** What an example and its processes say to each other is told apart by its type. */
export interface Message {
  readonly type: string
}

/** How a process is started. */
export interface Start {
  readonly parameters?: readonly string[]
  /** Whether it is a worker of `node:cluster`, whose primary is the example. */
  readonly inCluster?: boolean
  /** The command line that runs a module in Node; the example's own, with its flags, when it is not given. Not for workers. */
  readonly command?: readonly string[]
}

/** One process of an example, and the conversation with it. */
export class Child<Command extends Message, Answer extends Message> {
  readonly #name: string
  readonly #process: ChildProcess

  /** Starts a module in a process of its own. */
  constructor(module: URL, start: Start = {}) {
    const path = fileURLToPath(module)
    this.#name = parse(path).name
    this.#process = start.inCluster === true ? forkWorker(path, start) : forkProcess(path, start)
  }

  /** Sends a command and waits for its answer. */
  async ask<Type extends Answer['type']>(
    command: Command,
    type: Type,
  ): Promise<Extract<Answer, { type: Type }>> {
    const answer = this.answer(type)
    // A failed send means that the process is gone, which the answer reports.
    this.#process.send(command, () => {})
    return answer
  }

  /**
   * Waits for an answer; throws when the process ends or stays silent instead.
   *
   * @param patience how long what comes before the answer takes by itself, in milliseconds.
   */
  async answer<Type extends Answer['type']>(
    type: Type,
    patience = 0,
  ): Promise<Extract<Answer, { type: Type }>> {
    if (!this.#ended) {
      const timeout = answerTimeout + patience
      const signal = AbortSignal.timeout(timeout)
      try {
        for await (const [answer] of on(this.#process, 'message', { signal, close: ['exit'] })) {
          if (answer.type === type) return answer
        }
      } catch (error) {
        if (!signal.aborted) throw error
        throw new Error(`the ${this.#name} process has not answered for ${timeout / 1000} seconds`)
      }
    }
    throw new Error(`the ${this.#name} process ended in the middle of the run (${this.#ending})`)
  }

  /** Asks the process to leave, as whoever deploys does. */
  terminate(): void {
    this.#process.kill('SIGTERM')
  }

  /** Ends the process, and resolves when it is gone. */
  async end(): Promise<void> {
    if (this.#ended) return
    const gone = once(this.#process, 'exit')
    if (this.#process.connected) this.#process.disconnect()
    const grace = setTimeout(() => this.#process.kill('SIGKILL'), endGrace)
    await gone
    clearTimeout(grace)
  }

  get #ended(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null
  }

  get #ending(): string {
    return this.#process.signalCode ?? `exit code ${this.#process.exitCode}`
  }
}

function forkProcess(path: string, { parameters = [], command = [] }: Start): ChildProcess {
  const [execPath = process.execPath, ...execArgv] =
    command.length > 0 ? command : [process.execPath, ...process.execArgv]
  return fork(path, parameters, { execPath, execArgv, stdio: [...stdio] })
}

function forkWorker(path: string, { parameters = [] }: Start): ChildProcess {
  cluster.setupPrimary({ exec: path, args: [...parameters], stdio: [...stdio] })
  return cluster.fork().process
}
