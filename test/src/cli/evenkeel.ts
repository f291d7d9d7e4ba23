import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

const { resolve } = createRequire(import.meta.url)
const file = resolve('evenkeel/package.json')
const { bin } = createRequire(import.meta.url)(file)

/** How a run of the command went. */
export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** What it printed with `--json`. */
  json<Result>(): Result
}

export interface Running {
  readonly ran: Promise<Ran>
  /** Ctrl-C. */
  interrupt(): void
  /** Resolves when it has printed what is looked for, on either stream. */
  printed(pattern: RegExp): Promise<void>
}

/** Runs the command `evenkeel` in a process of its own, as its bin says. */
export function evenkeel(...args: string[]): Promise<Ran> {
  return start(...args).ran
}

export function start(...args: string[]): Running {
  const child = spawned(...args)
  let seen = ''
  const looking = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      seen += chunk
      for (const look of looking) look()
    })
  }
  const ran = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([stdout, stderr, [code]]): Ran => ({ code, stdout, stderr, json: () => JSON.parse(stdout) }),
  )
  return {
    ran,
    interrupt: () => void child.kill('SIGINT'),
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!pattern.test(seen)) return
          looking.delete(look)
          resolve()
        }
        looking.add(look)
        look()
        void ran.then(() => reject(new Error(`it has ended without ${pattern}:\n${seen}`)))
      }),
  }
}

/** The process itself, for a test that reads its streams in a way of its own. */
export function spawned(...args: string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [join(dirname(file), bin.evenkeel), ...args], {
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
