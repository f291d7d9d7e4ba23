import { join } from 'node:path'
import { ownPlace } from './place.js'
import { type Server, startServer } from './server.js'

const program = join(import.meta.dirname, 'programs', 'bare.js')

/** A bare Node, of the version that runs the tests: what `programs/bare` takes. */
export async function startNode(settings: Record<string, string | number> = {}): Promise<Server> {
  const place = await ownPlace()
  return startServer(place, process.execPath, [program, JSON.stringify({ ...place, ...settings })])
}
