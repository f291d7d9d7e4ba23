import type { Connection } from '@evenkeel/core'
import type { End, Server } from './server.js'
import type { World } from './world.js'

/** How many connections a client may have, and how long a response takes on average, in milliseconds. */
const size = 8
const service = 1

interface Socket extends End {
  readonly server: Server
  connection: Connection<End> | undefined
}

/**
 * A client with a pool as `http.Agent` has one: the connection that was used last is used next, so that the requests of
 * the client wander from one to another.
 */
export class Pool {
  readonly #world: World
  readonly #address: string
  readonly #rate: number
  readonly #free: Socket[] = []
  #open = 0
  #waiting = 0

  constructor(world: World, address: string, rate: number) {
    this.#world = world
    this.#address = address
    this.#rate = rate
    this.#expect(world.agenda.now)
  }

  #expect(now: number): void {
    const pause = (this.#world.random.exponential() / this.#rate) * 1_000
    this.#world.agenda.at(now + pause, (at) => {
      this.#expect(at)
      const socket = this.#free.pop() ?? (this.#open < size ? this.#connect(at) : undefined)
      if (socket === undefined) this.#waiting++
      else this.#request(socket, at)
    })
  }

  #connect(now: number): Socket {
    this.#open++
    const server = this.#world.choose(this.#address)
    const socket: Socket = { server, connection: undefined, rate: 0, catchUp() {}, retired() {} }
    socket.connection = server.accept(this.#world.seen(this.#address), socket, now)
    return socket
  }

  #request(socket: Socket, now: number): void {
    const { server, connection } = socket
    if (connection === undefined) return
    server.count(connection, 1)
    this.#world.agenda.at(now + this.#world.random.exponential() * service, (done) => {
      if (connection.retired !== undefined) {
        server.tracker.close(connection, 'server', done)
        this.#open--
      } else this.#free.push(socket)
      if (this.#waiting === 0) return
      this.#waiting--
      this.#request(this.#free.pop() ?? this.#connect(done), done)
    })
  }
}
