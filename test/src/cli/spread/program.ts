import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** Starts a program, and resolves when it says on standard error that it is ready. What is returned ends it. */
export async function startProgram(
  command: string,
  parameters: readonly string[],
  ready: RegExp,
): Promise<() => Promise<void>> {
  const child = spawn(command, parameters, { stdio: ['ignore', 'ignore', 'pipe'] })
  const exit = once(child, 'exit')
  const endWithTest = (): void => void child.kill('SIGTERM')
  process.once('exit', endWithTest)
  const lines: string[] = []
  for await (const line of createInterface(child.stderr)) {
    lines.push(line)
    if (!ready.test(line)) continue
    child.stderr.resume()
    return async () => {
      process.off('exit', endWithTest)
      child.kill('SIGTERM')
      await exit
    }
  }
  throw new Error(`${command} ended at its start:\n${lines.join('\n')}`)
}
