import type { RequestListener } from 'node:http'
import { forward } from './forwarder.js'
import { listen, local } from './servers.js'

/** Servers behind a balancer of layer 4 for one test, and what reached them. */
export interface Front {
  readonly url: string
  /** How many connections the balancer has had. */
  opened(): number
  /** How many requests the servers have had. */
  requests(): number
  /** From now on connections go to one server more. */
  grow(): void
}

/** Three servers, of which two take connections at first. */
export async function behindForwarder(
  listener: (server: string, request: number) => RequestListener,
  test: (front: Front) => Promise<void>,
): Promise<void> {
  let requests = 0
  const { ports, end } = await listen(local(3), (server) => (request, response) => {
    listener(server, ++requests)(request, response)
  })
  const balancer = await forward(ports.slice(0, 2))
  try {
    await test({
      url: balancer.url,
      opened: () => balancer.opened,
      requests: () => requests,
      grow: () => void balancer.ports.push(...ports.slice(2)),
    })
  } finally {
    await balancer.end()
    await end()
  }
}
