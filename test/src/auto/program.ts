import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

/** The two ways to load Even Keel in front of a program. */
export const ways = ['import', 'require'] as const

/** How a program is started. */
export interface Start {
  /** Loads Even Keel first. */
  readonly way?: (typeof ways)[number]
  /** Variables, without their prefix `EVENKEEL_`. */
  readonly options?: Readonly<Record<string, string>>
  /** `NODE_DEBUG`. */
  readonly debug?: string
}

/** How a program has ended. */
export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program for one test, and gives it what the program prints when it is ready: a line of JSON. */
export async function running<Line>(
  file: string,
  start: Start,
  test: (line: Line) => Promise<void>,
): Promise<void> {
  const program = spawned(file, start)
  const closed = once(program, 'close')
  const stderr = text(program.stderr)
  try {
    const failed = closed.then(async () => Promise.reject(new Error(`${file} has failed: ${await stderr}`)))
    const [line] = await Promise.race([once(createInterface(program.stdout), 'line'), failed])
    await Promise.race([test(JSON.parse(line)), failed])
  } finally {
    program.kill()
    await closed
  }
}

/** Runs a program to its end. */
export async function outcome(file: string, start: Start): Promise<Outcome> {
  const program = spawned(file, start)
  const closed = once(program, 'close')
  const [stdout, stderr] = await Promise.all([text(program.stdout), text(program.stderr)])
  const [code] = await closed
  return { code, stdout, stderr }
}

/** In this package's folder, where its dependencies are found, and with no variable that this process has. */
function spawned(
  file: string,
  { way, options = {}, debug = '' }: Start,
): ChildProcessByStdio<null, Readable, Readable> {
  const loaded = way === undefined ? [] : [`--${way}`, '@evenkeel/node/auto']
  const inherited = Object.entries(process.env).filter(([name]) => !/^(EVENKEEL_|NODE_)/.test(name))
  const given = Object.entries(options).map(([name, value]) => [`EVENKEEL_${name}`, value])
  return spawn(process.execPath, [...loaded, join(import.meta.dirname, 'programs', file)], {
    cwd: join(import.meta.dirname, '..', '..'),
    env: {
      NODE_ENV: 'production',
      NODE_DEBUG: debug,
      ...Object.fromEntries(inherited),
      ...Object.fromEntries(given),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}
