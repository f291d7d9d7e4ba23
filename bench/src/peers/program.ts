import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

/** A program that may be missing. */
export interface Needed {
  readonly command: string
  /** What it has to be called with to tell its version. */
  readonly version: string
}

/** A process whose CPU time counts. */
export interface Running {
  readonly pid: number
  end(): Promise<void>
}

/** One that listens. */
export interface Program extends Running {
  readonly port: number
}

const longestStart = 10_000

/** A program that tells its port on its first line, and ends when its standard input does. */
export async function startTelling(command: string, parameters: readonly string[]): Promise<Program> {
  const child = start(command, parameters)
  const { stdout } = child
  if (stdout === null) throw new Error(`${command} has no standard output`)
  for await (const line of createInterface(stdout)) return programOf(child, Number(line))
  throw new Error(`${command} ended before it listened: see its output above`)
}

/** A program that listens on a port it is told, as soon as it accepts connections. */
export async function startListening(
  command: string,
  parameters: readonly string[],
  port: number,
): Promise<Program> {
  const child = start(command, parameters)
  const late = performance.now() + longestStart
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`${command} ended before it listened: see its output above`)
    if (performance.now() > late) throw new Error(`${command} does not listen on port ${port}`)
    await sleep(20)
  }
  return programOf(child, port)
}

/** The version that a program tells; undefined where it is not installed. */
export function versionOf({ command, version }: Needed): string | undefined {
  const { stdout, stderr, error } = spawnSync(command, [version], { encoding: 'utf8' })
  return error === undefined ? /\d+(\.\d+)+/.exec(`${stdout}${stderr}`)?.[0] : undefined
}

function start(command: string, parameters: readonly string[]): ChildProcess {
  const child = spawn(command, parameters, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const kill = (): boolean => child.kill()
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  return child
}

function programOf(child: ChildProcess, port: number): Program {
  child.stdout?.resume()
  const { pid } = child
  if (pid === undefined) throw new Error(`${child.spawnfile} did not start`)
  const ended = once(child, 'exit')
  const unexpected = (): never => {
    throw new Error(`${child.spawnfile} has ended by itself: see its output above`)
  }
  child.once('exit', unexpected)
  return {
    pid,
    port,
    async end() {
      child.off('exit', unexpected).kill()
      await ended
    },
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
