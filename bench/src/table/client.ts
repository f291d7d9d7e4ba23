import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { answer } from '../child.js'
import { request } from '../exchange.js'
import { hello } from '../servers/hello.js'

/** How the connections of a flood fared. */
export interface Fared {
  readonly answered: number
  /** Ended by the server without an answer. */
  readonly refused: number
  readonly milliseconds: number
}

/** What the process that holds the other ends can be asked. */
export type ClientAnswers = {
  /** Opens so many connections from so many addresses, makes one request on each, and holds them. */
  hold(port: number, connections: number, addresses: number): Promise<void>
  /** The same without any request. */
  holdSilent(port: number, connections: number, addresses: number): Promise<void>
  /** Opens so many with a request on each, as fast as the server takes them, whether it does or not. */
  flood(port: number, connections: number, addresses: number): Promise<Fared>
  /** Opens and closes so many connections, one request on each, two on every other. Tells how many that were. */
  turnOver(port: number, connections: number, addresses: number): Promise<number>
}

/** How many connections are on their way at once. */
const width = 256

let opened = 0

answer({
  hold: async (port, connections, addresses) => {
    await repeat(connections, async () => {
      if (!(await exchange(open(port, addresses))))
        throw new Error('a connection that was to be held has ended')
    })
  },
  holdSilent: async (port, connections, addresses) => {
    await repeat(connections, async () => {
      await once(open(port, addresses), 'connect')
    })
  },
  flood: async (port, connections, addresses) => {
    const start = performance.now()
    let answered = 0
    await repeat(connections, async () => {
      if (await exchange(open(port, addresses))) answered++
    })
    return { answered, refused: connections - answered, milliseconds: performance.now() - start }
  },
  turnOver: async (port, connections, addresses) => {
    let requests = 0
    await repeat(connections, async (index) => {
      const socket = open(port, addresses)
      const closed = new Promise((resolve) => socket.once('close', resolve))
      for (let request = 0; request <= index % 2; request++) {
        if (!(await exchange(socket))) throw new Error('the server ended a connection before it answered')
        requests++
      }
      socket.end()
      await closed
    })
    return requests
  },
} satisfies ClientAnswers)

/** From `127.0.1.1` and those behind it in turn: no address runs out of ports. */
function open(port: number, addresses: number): Socket {
  const address = opened++ % addresses
  const localAddress = `127.0.${1 + Math.floor(address / 250)}.${1 + (address % 250)}`
  // Whoever is refused finds out by the end of the connection.
  return connect({ host: '127.0.0.1', port, localAddress, noDelay: true }).on('error', () => {})
}

/** Whether a request was answered. */
function exchange(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    let response = ''
    const ended = () => resolve(false)
    const received = (bytes: Buffer) => {
      response += bytes.toString('latin1')
      if (!response.endsWith(hello)) return
      socket.off('close', ended).off('data', received).resume()
      resolve(true)
    }
    socket.on('data', received).on('close', ended).write(request)
  })
}

async function repeat(times: number, task: (index: number) => Promise<void>): Promise<void> {
  let next = 0
  const work = async () => {
    while (next < times) await task(next++)
  }
  await Promise.all(Array.from({ length: width }, work))
}
