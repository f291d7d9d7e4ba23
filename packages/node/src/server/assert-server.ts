import { Server as TcpServer } from 'node:net'
import { OptionError, show } from '@evenkeel/core'
import type { HttpServer } from '../options/options.js'
import { isHttpServer } from './events.js'

/** Who needs a server. */
type Caller = 'attach' | 'shutdown'

/** @throws {@link OptionError} that names the caller, and says where the server is to be found. */
export function assertServer(given: unknown, caller: Caller): asserts given is HttpServer {
  if (isHttpServer(given)) return
  throw new OptionError(
    'ERR_EVENKEEL_OPTION_INVALID',
    'server',
    given,
    `${caller} was given ${show(given)}, which is no server of node:http, node:https or node:http2`,
    cureFor(given, caller),
  )
}

function cureFor(given: unknown, caller: Caller): string {
  if (typeof given === 'string') return "give app.server: Fastify's listen() resolves with an address only"
  // Fastify, and what has its server in the same place.
  if (isHttpServer(memberOf(given, 'server'))) return 'give app.server'
  if (typeof memberOf(given, 'then') === 'function') {
    return 'await it, and give the server (in Fastify app.server)'
  }
  // NestJS.
  if (typeof memberOf(given, 'getHttpServer') === 'function') return 'give app.getHttpServer()'
  // Express and Koa.
  if (!(given instanceof TcpServer) && typeof memberOf(given, 'listen') === 'function') {
    return `give the server that its listen() returns: ${caller}(app.listen(3000))`
  }
  const instance = caller === 'shutdown' ? ', or a Fastify instance' : ''
  return `give what createServer() or app.listen() returns${instance}`
}

function memberOf(given: unknown, name: string): unknown {
  return Object(given) === given ? Reflect.get(given as object, name) : undefined
}
