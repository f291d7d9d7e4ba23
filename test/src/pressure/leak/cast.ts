import { type ChildProcess, fork } from 'node:child_process'
import { on, once } from 'node:events'
import { join } from 'node:path'
import type { LeakCount, ServerCount, SteadyCount } from './messages.js'

/** The processes of one test. */
export class Cast {
  readonly #all: ChildProcess[] = []

  /** Starts a server of so many places; resolves with its port, and with what asks for its counts. */
  async serve(
    kind: 'bare' | 'evenkeel',
    places: number,
  ): Promise<{ port: number; count(): Promise<ServerCount> }> {
    const server = this.#start('server', kind, places)
    const port = await next<number>(server)
    return { port, count: () => ask(server) }
  }

  /** Starts clients that keep one connection each; resolves when all have it, with what ends them. */
  async keep(port: number, clients: number): Promise<() => Promise<SteadyCount>> {
    const steady = this.#start('steady-clients', port, clients)
    await next(steady)
    return () => ask(steady)
  }

  /** Leaks so many connections; resolves when they were opened. They stay open until all ends. */
  async leak(port: number, count: number): Promise<LeakCount> {
    return next(this.#start('leaking-client', port, count))
  }

  async end(): Promise<void> {
    await Promise.all(
      this.#all.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return
        const gone = once(child, 'exit')
        child.kill('SIGKILL')
        await gone
      }),
    )
  }

  #start(program: string, ...parameters: readonly (string | number)[]): ChildProcess {
    const child = fork(join(import.meta.dirname, `${program}.js`), parameters.map(String))
    this.#all.push(child)
    return child
  }
}

async function ask<Answer>(child: ChildProcess): Promise<Answer> {
  const answer = next<Answer>(child)
  child.send('')
  return answer
}

/** What a process says next; an error if it ends instead. */
async function next<Message>(child: ChildProcess): Promise<Message> {
  for await (const [message] of on(child, 'message', { close: ['exit'] })) return message
  throw new Error(`${child.spawnargs.slice(1).join(' ')} has ended (${child.signalCode ?? child.exitCode})`)
}
