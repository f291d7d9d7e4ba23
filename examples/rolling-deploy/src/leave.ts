import { once } from 'node:events'
import type { RequestListener, Server } from 'node:http'
import { type DrainReport, probe, shutdown } from '@evenkeel/node'

/** How a server leaves, once SIGTERM says so. */
export interface Leaving {
  /** Tells the balancer whether to choose this server. */
  readonly probe: RequestListener
  /** Resolves when the server has closed. */
  readonly left: Promise<DrainReport | undefined>
}

/** As most programs do it: no new connections, and after a while an end to those that are left. */
export function leaveBare(server: Server, patience: number): Leaving {
  let ready = true
  process.once('SIGTERM', () => {
    ready = false
    server.close()
    setTimeout(() => server.closeAllConnections(), patience).unref()
  })
  return {
    probe: (_request, response) => {
      response.writeHead(ready ? 200 : 503).end()
    },
    left: once(server, 'close').then(() => undefined),
  }
}

/** With Even Keel. */
export function leavePolitely(server: Server, window: { within: number; quiet: number }): Leaving {
  return { probe, left: shutdown(server, { ...window, signals: ['SIGTERM'] }) }
}
