import { type Program, type Start, startProgram } from '../program/program.js'
import { accepting } from '../program/ready.js'
import type { Place } from './place.js'

/** A server that somebody else wrote. */
export interface Server extends Program {
  /** Its host and port, as an address has them. */
  readonly at: string
}

/** Starts a server, and resolves when it listens. */
export async function startServer(
  { host, port }: Place,
  command: string,
  args: readonly string[],
  files?: Start['files'],
): Promise<Server> {
  const ready = accepting(host, port)
  const { stop } = await startProgram({ command, args, ready, ...(files && { files }) })
  return { at: `${host}:${port}`, stop }
}
