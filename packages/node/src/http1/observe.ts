import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { stateOf } from '@evenkeel/core'
import type { Interceptor } from '../intercept.js'
import type { HttpServer } from '../options.js'
import { retire, retireAtAge } from '../retire.js'
import type { Watch } from '../watch.js'
import { accept } from './accept.js'
import { count } from './count.js'
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
        upgrade(first as IncomingMessage)
        return false
      case 'timeout':
        return server.listenerCount('timeout') === 0 && timeout(first as Socket)
      case 'clientError':
        return ignoreDiscarded(second as Socket)
      default:
        return false
    }
  }
}

/** A request has arrived. False if it must not reach the application. */
export function arrive(watch: Watch, request: IncomingMessage, response: ServerResponse): boolean {
  return count(connectionOfSocket(request.socket) ?? accept(watch, request.socket), request, response)
}

function upgrade(request: IncomingMessage): void {
  const connection = connectionOfSocket(request.socket)
  if (connection === undefined) return
  connection.transport.watch.tracker.upgrade(connection)
  retireAtAge(connection)
}

/**
 * Node is about to destroy the socket, because nobody listens. Between requests that is its idle timer. True
 * keeps the socket.
 */
function timeout(socket: Socket): boolean {
  const connection = connectionOfSocket(socket)
  if (connection === undefined || stateOf(connection) === 'active') return false
  const { transport, requests } = connection
  const { watch } = transport
  if (watch.idleExtension > 0 && transport.extendedAt !== requests) {
    transport.extendedAt = requests
    socket.setTimeout(watch.idleExtension)
    return true
  }
  if (retire(connection, 'idle-timeout', watch.limits.clock.now())) watch.idleTimeouts++
  return false
}

/** The parser was cut off in the middle of what is dropped: that is no client's error. */
function ignoreDiscarded(socket: Socket): boolean {
  const discarding = connectionOfSocket(socket)?.transport.discarding === true
  if (discarding) socket.destroy()
  return discarding
}
