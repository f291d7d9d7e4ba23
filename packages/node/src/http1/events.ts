import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { isEnding, stateOf } from '@evenkeel/core'
import type { Interceptor } from '../connection/intercept.js'
import { retire } from '../connection/retire.js'
import { retireAtAge } from '../connection/time-limits.js'
import type { Watch } from '../connection/watch.js'
import type { HttpServer } from '../options/options.js'
import { connectionOfSocket } from './connection.js'
import { dropFurther, dropLate } from './late.js'
import { count } from './request.js'
import { accept } from './socket.js'
import { rememberEnd } from './socket-close.js'

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
        return !upgrade(server, first as IncomingMessage)
      case 'timeout':
        return server.listenerCount('timeout') === 0 && timeout(first as Socket)
      case 'clientError':
        return ignoreBehindLast(server, second as Socket)
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
function upgrade(server: HttpServer, request: IncomingMessage): boolean {
  const connection = connectionOfSocket(request.socket)
  if (connection === undefined) return true
  const { transport } = connection
  if (isEnding(connection)) {
    const { socket } = transport
    // Node has taken its own listeners off.
    socket.on('error', () => {})
    socket.on('end', () => endWithClient(server, socket))
    dropLate(connection)
    return false
  }
  if (!transport.watch.tracker.move(connection, 'open', 'upgraded')) return true
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
  // The timer is none of ours: of a dry run, or the `timeout` that a server gives its clients for their first bytes.
  if (watch.tracker.dryRun || transport.silent) return false
  if (watch.idleTimer.extension > 0 && !transport.extended) {
    transport.extended = true
    socket.setTimeout(watch.idleTimer.extension)
    return true
  }
  if (retire(connection, 'idle-timeout', watch.limits.clock.now())) watch.idleTimer.closes++
  return false
}

/**
 * The parser has stumbled over what came behind the last request, or the client has ended behind the last response
 * with a body that it need not send (RFC 9110, section 10.1.1): that is no client's error, wants no 400, and is no
 * reason to cut the last response short.
 */
function ignoreBehindLast(server: HttpServer, socket: Socket): boolean {
  const connection = connectionOfSocket(socket)
  if (connection === undefined || !isEnding(connection)) return false
  const { latest } = connection.transport
  // Its own body is what cannot be read.
  if (latest !== undefined && !latest.req.complete) return false
  if (socket.readableEnded && latest === undefined) {
    socket.destroy()
    return true
  }
  dropFurther(socket)
  if (latest === undefined) socket.end()
  else if (socket.readableEnded) endWithClient(server, socket)
  return true
}

/**
 * The client has ended its side. The server ends its own then, as Node does, even before the last response: most likely
 * the client has gone, and only this tells an application that waits for something.
 */
function endWithClient(server: HttpServer, socket: Socket): void {
  if (!('httpAllowHalfOpen' in server && server.httpAllowHalfOpen)) socket.end()
}
