import { fileURLToPath } from 'node:url'
import type { Kind } from './node-server.js'
import type { Plan } from './plan.js'
import { type Program, startTelling } from './program.js'

const module = fileURLToPath(new URL('./node-server.js', import.meta.url))

/** How servers of `node:http` start, each in a process of its own. */
export function nodeServers(
  kind: Kind,
  { limit, age }: Plan,
  redis = '',
): (number: number) => Promise<Program> {
  return (number) => startTelling(process.execPath, [module, kind, `${number}`, `${limit}`, `${age}`, redis])
}
