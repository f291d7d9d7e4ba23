import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { type Carrier, connectionOfCarrier } from '../connection/carrier.js'
import type { Interceptor } from '../connection/intercept.js'
import { retire } from '../connection/retire.js'
import { retireAtAge } from '../connection/time-limits.js'
import type { Watch } from '../connection/watch.js'
import type { HttpServer } from '../options/options.js'
import { connectionOfSocket, type Http1Transport } from './connection.js'
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
 * A request has arrived. False if it must not reach the application. A program can emit requests that came over no
 * network. What they have as a socket is no stream, and no connection.
 */
export function arrive(watch: Watch, request: IncomingMessage, response: ServerResponse): boolean {
  const { socket } = request
  // Read here, not by `connectionOf`: see there.
  const known = (socket as Carrier<Http1Transport> | undefined)?.[connectionOfCarrier]
  if (known !== undefined) return count(known, request, response)
  if (!(socket instanceof Duplex) || socket.destroyed) return true
  return count(accept(watch, socket), request, response)
}

/** The application takes over the socket. False if it must not, because the response before is the last. */
function upgrade(server: HttpServer, request: IncomingMessage): boolean {
  const connection = connectionOfSocket(request.socket)
  if (connection === undefined) return true
  const { transport } = connection
  if (connection.isEnding) {
    const { socket } = transport
    // Node has removed its own listeners.
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
 * Node is about to destroy the socket, because nobody listens to its timeout. Between requests that is the idle
 * timer. True keeps the socket.
 */
function timeout(socket: Socket): boolean {
  const connection = connectionOfSocket(socket)
  if (connection === undefined || connection.state === 'active') return false
  const { transport } = connection
  const { watch } = transport
  // Even Keel has not set this timer. It belongs to a dry run, or it is the server's `timeout` for a client's first
  // bytes.
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
 * Ignores an error in what comes after the last request. Either the parser could not read it, or the client has ended
 * after the last response without a body that it need not send (RFC 9110, section 10.1.1). That is not the client's
 * fault. It needs no 400, and must not cut the last response short.
 */
function ignoreBehindLast(server: HttpServer, socket: Socket): boolean {
  const connection = connectionOfSocket(socket)
  if (connection === undefined || !connection.isEnding) return false
  const { latest } = connection.transport
  // The body of the last request is what cannot be read.
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
