import { subscribe } from 'node:diagnostics_channel'
import { Server } from 'node:net'

const { listen } = Server.prototype

/** A program of the docs listens on a port of its own. Here it gets any port, and tells it. */
Server.prototype.listen = function (this: Server, ...given: unknown[]): Server {
  const [first, ...rest] = given
  const port = typeof first === 'object' && first !== null ? { ...first, port: 0 } : 0
  this.once('listening', () => {
    const address = this.address()
    if (typeof address === 'object') process.stdout.write(`listening ${address?.port}\n`)
  })
  return Reflect.apply(listen, this, [port, ...rest])
} as typeof listen

subscribe('evenkeel:connection:open', () => process.stdout.write('open\n'))
