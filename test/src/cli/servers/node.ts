import { join } from 'node:path'
import { freePort } from '@evenkeel/test-kit/free-port'
import { type Server, startProgram } from './program.js'

const program = join(import.meta.dirname, 'programs', 'bare.js')

/** A bare Node, of the version that runs the tests: what `programs/bare` takes. */
export async function startNode(settings: Record<string, string | number> = {}): Promise<Server> {
  const port = await freePort()
  return startProgram(port, process.execPath, [program, JSON.stringify({ port, ...settings })])
}
