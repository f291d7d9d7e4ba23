import { type ChildProcess, spawn } from 'node:child_process'
import { on, once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { withDescriptors } from './descriptors.js'
import type { Answer, Command } from './messages.js'

const answerTimeout = 20_000
const endGrace = 2_000

type Answered<Type extends Answer['type']> = Extract<Answer, { type: Type }>

/** How a process is started. */
export interface Start {
  readonly parameters?: readonly string[]
  /** The most file descriptors that it may have; as many as the example itself when it is not given. */
  readonly descriptors?: number
}

/** One process of the example, and the conversation with it. */
export class Child {
  readonly #name: string
  readonly #process: ChildProcess

  /** Starts a module of this folder in a process of its own. */
  constructor(module: 'server' | 'leaking-client' | 'clients', { parameters = [], descriptors }: Start = {}) {
    this.#name = module
    const path = fileURLToPath(new URL(`${module}.js`, import.meta.url))
    const line = [process.execPath, path, ...parameters]
    const [command = '', ...rest] = descriptors === undefined ? line : withDescriptors(descriptors, line)
    // Standard output belongs to the example alone: with --json it is one document.
    this.#process = spawn(command, rest, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  }

  /** Sends a command and waits for its answer. */
  async ask<Type extends Answer['type']>(command: Command, type: Type): Promise<Answered<Type>> {
    const answer = this.answer(type)
    // A failed send means that the process is gone, which the answer reports.
    this.#process.send(command, () => {})
    return answer
  }

  /** Waits for an answer; throws when the process ends or stays silent instead. */
  async answer<Type extends Answer['type']>(type: Type): Promise<Answered<Type>> {
    if (!this.#ended) {
      const signal = AbortSignal.timeout(answerTimeout)
      try {
        for await (const [answer] of on(this.#process, 'message', { signal, close: ['exit'] })) {
          if (isAnswer(answer, type)) return answer
        }
      } catch (error) {
        if (!signal.aborted) throw error
        throw new Error(`the ${this.#name} process has not answered for ${answerTimeout / 1000} seconds`)
      }
    }
    throw new Error(`the ${this.#name} process ended in the middle of the run (${this.#ending})`)
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

function isAnswer<Type extends Answer['type']>(answer: Answer, type: Type): answer is Answered<Type> {
  return answer.type === type
}
