import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, dirname, join } from 'node:path'
import type { Place } from './cell.js'

const longest = 180_000

/** A program that runs, with all that it and its children have written so far. */
export interface Running {
  readonly child: ChildProcess
  output(): string
  /** Ends it with all its children. */
  kill(): Promise<void>
}

/** The environment of a user's shell within a project, on the Node version of the cell. */
export function environmentOf(
  { project, node }: Pick<Place, 'project' | 'node'>,
  more: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv {
  const { PATH = '', HOME = '', LANG } = process.env
  return {
    HOME,
    LANG,
    PATH: [dirname(node), join(project, 'node_modules', '.bin'), PATH].join(delimiter),
    CI: 'true',
    NO_COLOR: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    ...more,
  }
}

const all = new Set<Running>()

/** Ends everything that still runs. */
export async function killAll(): Promise<void> {
  await Promise.all([...all].map((running) => running.kill()))
}

export function start(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = new Promise((resolve) => child.once('exit', resolve).once('error', resolve))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  const running = {
    child,
    output: () => `$ ${[file, ...args].join(' ')}\n${output}`,
    kill: async () => {
      // Its process group: what it has started goes with it.
      if (child.pid !== undefined) killGroup(child.pid)
      await exited
    },
  }
  all.add(running)
  exited.then(() => all.delete(running))
  return running
}

/** Runs a program to its end and returns what it wrote; an error with all of that if it fails. */
export async function run(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const running = start(file, args, cwd, env)
  const timeout = setTimeout(() => running.kill(), longest)
  try {
    const [code, signal] = await once(running.child, 'close')
    if (code !== 0) throw new Error(`${running.output()}\nit ended with ${code ?? signal}`)
    return running.output()
  } finally {
    clearTimeout(timeout)
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}
