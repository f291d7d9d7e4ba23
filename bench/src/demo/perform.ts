import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const examples = join(import.meta.dirname, '..', '..', '..', 'examples')

/** Runs the demo of an example, and returns what it prints. One that has not shown what it is there to show is an error. */
export async function perform(example: string, ...options: readonly string[]): Promise<string> {
  const demo = join(examples, example, 'dist', 'demo.js')
  const child = spawn(process.execPath, [demo, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  if (code === 0) return printed
  throw new Error(
    `the demo of ${example} ended with ${code}: run it when the machine has less to do\n${printed}`,
  )
}
