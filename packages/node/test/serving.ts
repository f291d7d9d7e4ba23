import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect, type ListenOptions, type Socket } from 'node:net'

/** Runs a server for one test. */
export async function serving(
  listener: RequestListener,
  test: (server: Server, port: number) => Promise<void>,
  listen: ListenOptions = { port: 0, host: '127.0.0.1' },
): Promise<void> {
  const server = createServer(listener)
  server.listen(listen)
  await once(server, 'listening')
  try {
    const address = server.address()
    await test(server, typeof address === 'string' ? 0 : (address as AddressInfo).port)
  } finally {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
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

export const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'

/** A keep-alive connection that reads until it has seen what it waits for. */
export class Client {
  readonly socket: Socket
  #received = ''

  constructor(target: number | string) {
    this.socket = typeof target === 'string' ? connect(target) : connect(target, '127.0.0.1')
    this.socket.setEncoding('latin1')
    this.socket.on('data', (data) => {
      this.#received += data
    })
  }

  /** Sends a request and reads the answer, whose body is `ok` unless another end is given. */
  async request(text: string = get, end: RegExp = /\r\n\r\nok$/): Promise<string> {
    this.socket.write(text)
    while (!end.test(this.#received)) await once(this.socket, 'data')
    const received = this.#received
    this.#received = ''
    return received
  }
}
