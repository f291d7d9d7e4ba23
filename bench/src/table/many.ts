import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { promisify } from 'node:util'
import { keepAliveTimeout } from '../servers/hello.js'
import { listening } from '../servers/listening.js'

/** How many connections may wait for their accept, so that a flood meets the server and not the kernel. */
const backlog = 4_096

/** How long the two sides may take to agree, in milliseconds. */
const patience = 10_000

/** Lets a server take many connections at once, and tells its port. */
export async function listen(server: Server): Promise<number> {
  server.keepAliveTimeout = keepAliveTimeout
  await listening(server.listen({ port: 0, host: '127.0.0.1', backlog }))
  return (server.address() as AddressInfo).port
}

/**
 * Waits until a server has come to what its clients know already: they are ahead by what is still on its way, and
 * nothing is to be measured meanwhile.
 *
 * @param isThere given how many connections it holds.
 */
export async function until(server: Server, isThere: (open: number) => boolean): Promise<void> {
  const deadline = performance.now() + patience
  const count = promisify(server.getConnections.bind(server))
  for (;;) {
    const open = await count()
    if (isThere(open)) return
    if (performance.now() > deadline)
      throw new Error(`the server holds ${open} connections, and still not what was waited for`)
    await nextTurn()
  }
}
