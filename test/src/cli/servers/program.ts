import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { Place } from './place.js'

const { CI } = process.env

/** Why tests with a program are left out, for a test's `skip`. In CI they never are, so that one without it fails. */
export function missing(program: string, ...version: string[]): string | false {
  return CI === undefined && spawnSync(program, version).error !== undefined
    ? `no ${program} was found: install it`
    : false
}

/** A server that somebody else wrote, in a process of its own. */
export interface Server {
  readonly place: Place
  /** Its host and port, as an address has them. */
  readonly at: string
  stop(): Promise<void>
}

/** Starts a program, and waits until it listens. */
export async function startProgram(
  place: Place,
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Server> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    said = (said + chunk).slice(-2_000)
  })
  const gone = once(child, 'exit')
  gone.catch(() => {})
  while (!(await accepts(place))) {
    if (child.exitCode !== null || child.pid === undefined)
      throw new Error(`${program} does not listen: ${said}`)
    await setTimeout(20)
  }
  return { place, at: `${place.host}:${place.port}`, stop: () => stop(child, gone) }
}

async function stop(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL')
    await gone
  }
}

async function accepts({ host, port }: Place): Promise<boolean> {
  const socket = connect(port, host)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
