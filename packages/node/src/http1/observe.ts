import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { stateOf } from '@evenkeel/core'
import { retireAtAge } from '../appointments.js'
import type { Interceptor } from '../intercept.js'
import type { HttpServer } from '../options.js'
import { retire } from '../retire.js'
import type { Watch } from '../watch.js'
import { accept } from './accept.js'
import { rememberEnd } from './close.js'
import { count } from './count.js'
import { discardFurther } from './linger.js'
import { connectionOfSocket } from './transport.js'

/** What each event of a server means to its HTTP/1 connections. */
export function observeHttp1(server: HttpServer, watch: Watch, accepted: string): Interceptor {
  return (event, first, second) => {
    switch (event) {
      case 'request':
      case 'checkContinue':
      case 'checkExpectation':
        return !arrive(watch, first as IncomingMessage, second as ServerResponse)
      case accepted:
        accept(watch, first as Socket)
        return false
      case 'upgrade':
      case 'connect':
        return !upgrade(first as IncomingMessage)
      case 'timeout':
        return server.listenerCount('timeout') === 0 && timeout(first as Socket)
      case 'clientError':
        return ignoreDiscarded(second as Socket)
      default:
        return false
    }
  }
}

/**
 * A request has arrived. False if it must not reach the application. A program can put requests into a server that
 * came over no network: what they have for a socket is no stream, and no connection.
 */
export function arrive(watch: Watch, request: IncomingMessage, response: ServerResponse): boolean {
  const { socket } = request
  const known = connectionOfSocket(socket ?? request)
  if (known !== undefined) return count(known, request, response)
  if (!(socket instanceof Duplex) || socket.destroyed) return true
  return count(accept(watch, socket), request, response)
}

/** The socket is the application's now. False if it must not be: the response before is the last. */
function upgrade(request: IncomingMessage): boolean {
  const connection = connectionOfSocket(request.socket)
  if (connection === undefined) return true
  const { transport } = connection
  if (transport.final) {
    // Node has taken its own listeners off.
    transport.socket.on('error', () => {})
    discardFurther(connection)
    return false
  }
  transport.watch.tracker.upgrade(connection)
  rememberEnd(transport.socket)
  retireAtAge(connection)
  return true
}

/**
 * Node is about to destroy the socket, because nobody listens. Between requests that is its idle timer. True
 * keeps the socket.
 */
function timeout(socket: Socket): boolean {
  const connection = connectionOfSocket(socket)
  if (connection === undefined || stateOf(connection) === 'active') return false
  const { transport } = connection
  const { watch } = transport
  // Node's own doing: the timer is none of ours.
  if (watch.tracker.dryRun) return false
  if (watch.idleExtension > 0 && !transport.extended) {
    transport.extended = true
    socket.setTimeout(watch.idleExtension)
    return true
  }
  if (retire(connection, 'idle-timeout', watch.limits.clock.now())) watch.idleTimeouts++
  return false
}

/**
 * The parser was cut off in the middle of what is dropped, or the client has ended behind the last response
 * with a body that it need not send (RFC 9110, section 10.1.1): that is no client's error, wants no 400, and is no
 * reason to cut the last response short.
 */
function ignoreDiscarded(socket: Socket): boolean {
  const connection = connectionOfSocket(socket)
  if (connection === undefined) return false
  const { transport, ending } = connection
  if (!transport.discarding && ending === undefined) return false
  if (transport.latest === undefined) socket.destroy()
  return true
}
