import { once } from 'node:events'
import type { Socket } from 'node:net'
import { hello } from './servers/hello.js'

/** What every client sends. */
export const request: Buffer = Buffer.from('GET / HTTP/1.1\r\nHost: bench\r\n\r\n')

/** Sends a request, and reads its response to the end. */
export async function exchange(socket: Socket): Promise<string> {
  let response = ''
  socket.write(request)
  while (!response.endsWith(hello)) {
    const [bytes] = await once(socket, 'data', { signal: AbortSignal.timeout(5_000) })
    response += bytes
  }
  return response
}
