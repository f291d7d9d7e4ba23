import { once } from 'node:events'
import { type ClientHttp2Session, createSecureServer, createServer, type Http2Server } from 'node:http2'
import { attach, type Keel, probe, retireSignal, type ServerOptions } from '@evenkeel/node'
import { listening } from '@evenkeel/test-kit/listening'
import { certificate } from '../certificate.js'
import { ask, type StreamAnswer, session } from '../http2/serving.js'
import { type Time, timed } from './time.js'

export const within = 10_000

/** A server that speaks HTTP/2. */
export interface Kind {
  readonly name: string
  readonly secure: boolean
  create(): Http2Server
}

export const kinds: readonly Kind[] = [
  { name: 'plain', secure: false, create: () => createServer() },
  { name: 'secure', secure: true, create: () => createSecureServer(certificate) },
]

/** What a test has of a server that is drained. */
export interface Context {
  readonly port: number
  readonly server: Http2Server
  readonly keel: Keel
  readonly time: Time
  /** A client's session. */
  open(): Promise<ClientHttp2Session>
  /** A request that has arrived, and that the test answers. */
  waiting(client: ClientHttp2Session): Promise<{ readonly response: Promise<StreamAnswer>; answer(): void }>
}

/** Runs a server for one test, in a time of its own. */
export function serving(
  { secure, create }: Kind,
  test: (context: Context) => Promise<void>,
  options: ServerOptions = {},
): Promise<void> {
  return timed((time) => {
    const server = create()
    server.on('request', (request, response) => {
      if (request.url === '/wait') server.emit('waiting', () => response.end('ok'))
      else if (request.url === '/ready') probe(request, response)
      else if (request.url === '/stream') {
        response.write('hello')
        retireSignal(request).addEventListener('abort', () => response.end(', goodbye'))
      } else response.end('ok')
    })
    return listening(server, ({ port }) => {
      const base = { clock: time.clock, jitter: 0, idleTimeout: 600_000, maxConnectionAge: Infinity }
      return test({
        port,
        server,
        keel: attach(server, { ...base, ...options }),
        time,
        open: () => session(port, secure),
        waiting: async (client) => {
          const arrived = once(server, 'waiting')
          const response = ask(client, '/wait')
          const [answer] = (await arrived) as [() => void]
          return { response, answer }
        },
      })
    })
  })
}
