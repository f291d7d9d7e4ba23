import { createServer, type RequestListener, type Server } from 'node:http'
import { connect, type ListenOptions } from 'node:net'
import { listening } from '@evenkeel/test-kit/listening'
import type { RawResponse } from '@evenkeel/test-kit/raw-client'

/** Runs a server for one test. */
export function serving(
  listener: RequestListener,
  test: (server: Server, port: number) => Promise<void>,
  where?: ListenOptions,
): Promise<void> {
  const server = createServer(listener)
  return listening(server, ({ port }) => test(server, port), where)
}

/** Sends text on a new connection and reads until the server ends it. */
export async function exchange(port: number, text: string, ...later: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('latin1')
  let received = ''
  socket.write(text)
  for await (const data of socket) {
    received += data
    const next = later.shift()
    if (next !== undefined) socket.write(next)
  }
  return received
}

/** The `Connection` header of each response in a text. */
export function connectionHeaders(text: string): string[] {
  return [...text.matchAll(/^Connection: (.*)\r$/gm)].map(([, value]) => value ?? '')
}

export function connectionHeader({ headers }: RawResponse): string | undefined {
  return headers.get('connection')
}

export const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'
