import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ready } from './ready.js'

/** A program that somebody else wrote, in a process of its own. */
export interface Program {
  stop(): Promise<void>
}

export interface Start {
  readonly command: string
  readonly args: readonly string[]
  readonly ready: Ready
  /** What it finds in the folder where it runs, by name. The folder is its own, and goes with it. */
  readonly files?: Readonly<Record<string, string>>
}

/** Starts a program, and resolves when it is ready. */
export async function startProgram({ files, ...start }: Start): Promise<Program> {
  if (files === undefined) return startIn(undefined, start)
  const folder = await mkdtemp(join(tmpdir(), `evenkeel-${start.command}-`))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const program = await startIn(folder, start)
  return {
    async stop() {
      await program.stop()
      await rm(folder, { recursive: true })
    },
  }
}

async function startIn(cwd: string | undefined, { command, args, ready }: Start): Promise<Program> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
  const endWithTest = (): void => void child.kill()
  const ended = new AbortController()
  process.once('exit', endWithTest)
  child.once('close', () => {
    process.off('exit', endWithTest)
    ended.abort()
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said = (said + text).slice(-2_000)
  })
  const closed = once(child, 'close')
  const tooEarly = closed.then(() => {
    throw new Error(`${command} ended at its start:\n${said}`)
  })
  await Promise.race([ready(child.stderr, ended.signal), tooEarly])
  return {
    async stop() {
      child.kill()
      await closed
    },
  }
}
