import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a process of the benchmark can be asked, and what it answers. */
export type Answers = { readonly [question: string]: (...asked: never[]) => unknown }

interface Question {
  readonly question: string
  readonly asked: never[]
}

/** For the process that is asked: it answers, one question after another, until nobody can ask any more. */
export function answer(answers: Answers): void {
  process.on('message', async ({ question, asked }: Question) => {
    process.send?.({ told: await answers[question]?.(...asked) })
  })
  process.on('disconnect', () => process.exit())
}

/** For the process that asks: a process of its own for one module of the benchmark, which calls {@link answer}. */
export class Child<Known extends Answers> {
  readonly #process: ChildProcess

  /** @param options for Node itself, for example `--expose-gc`. */
  constructor(module: URL, parameters: readonly string[] = [], options: readonly string[] = []) {
    this.#process = fork(fileURLToPath(module), parameters, {
      env: { ...process.env, NODE_ENV: 'production' },
      execArgv: [...process.execArgv, ...options],
    })
    this.#process.on('exit', (code) => {
      if (code === 0) return
      throw new Error(`${module.pathname} ended with ${code}: see its output above`)
    })
  }

  /** One question at a time. */
  async ask<Name extends keyof Known & string>(
    question: Name,
    ...asked: Parameters<Known[Name]>
  ): Promise<Awaited<ReturnType<Known[Name]>>> {
    const answered = once(this.#process, 'message')
    this.#process.send({ question, asked })
    const [{ told }] = await answered
    return told
  }

  async stop(): Promise<void> {
    this.#process.disconnect()
    await once(this.#process, 'exit')
  }
}
