import type { Socket } from 'node:net'

/**
 * Joins two sockets, both of them opened with `allowHalfOpen`, as a layer-4 balancer does: bytes, the end of
 * each direction and a reset all reach the other side.
 */
export function forward(client: Socket, server: Socket): void {
  forwardOneWay(client, server)
  forwardOneWay(server, client)
}

function forwardOneWay(from: Socket, to: Socket): void {
  from.pipe(to)
  // 'close' follows every error, and is where it is passed on.
  from.on('error', () => {})
  from.on('close', (failed) => {
    // An orderly end here would make a broken exchange look like a finished one.
    if (failed && !to.destroyed) to.resetAndDestroy()
  })
}
