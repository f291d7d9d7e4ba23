import { once } from 'node:events'
import type { Server } from 'node:http'

/** The server, as soon as it accepts connections. */
export async function listening(server: Server): Promise<Server> {
  await once(server, 'listening')
  return server
}
