import { createServer, type Server } from 'node:http'
import { attach, type ServerOptions } from '@evenkeel/node'
import { hello, limits, type Start } from './hello.js'
import { listening } from './listening.js'

/** `node:http` by itself. */
export const start: Start = (kind) =>
  listening(helloServer(kind === 'evenkeel' ? limits : undefined).listen(0, '127.0.0.1'))

/** Not listening yet; bare without options. */
export function helloServer(options?: ServerOptions): Server {
  const server = createServer((_request, response) => {
    response.end(hello)
  })
  if (options !== undefined) attach(server, options)
  return server
}
