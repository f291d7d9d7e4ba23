import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { exchange } from '../exchange.js'

/** How many clients there are, each with one connection at a time. */
const clients = 16

/** Sends so many requests, each when the one before it is answered. A connection that ends is followed by a new one. */
export async function send(port: number, secure: boolean, requests: number): Promise<void> {
  let unsent = requests
  const client = async (): Promise<void> => {
    while (unsent > 0) {
      const socket = await open(port, secure)
      const closed = once(socket, 'close')
      while (unsent > 0) {
        unsent--
        if (isLast(await exchange(socket))) break
      }
      socket.end()
      await closed
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
}

/** No session is taken up again: each handshake is a whole one. */
async function open(port: number, secure: boolean): Promise<Socket> {
  const target = { host: '127.0.0.1', port }
  const socket = secure
    ? connectSecurely({ ...target, rejectUnauthorized: false })
    : connect({ ...target, noDelay: true })
  await once(socket, secure ? 'secureConnect' : 'connect')
  return socket
}

/** Whether a response was the last one of its connection. */
function isLast(response: string): boolean {
  return /^Connection: close\r$/im.test(response)
}
