import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Server as SecureServer } from 'node:https'
import type { Socket } from 'node:net'
import { stateOf } from '@evenkeel/core'
import { accept } from './accept.js'
import { count } from './count.js'
import type { Interceptor } from './intercept.js'
import { connectionOf, type Watch } from './transport.js'

/** What each of a server's events means to the watch. */
export function observe(server: Server | SecureServer, watch: Watch): Interceptor {
  // A TLS server hears 'connection' as well, of the socket underneath, which no request ever names.
  const accepted = server instanceof SecureServer ? 'secureConnection' : 'connection'
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
        if (server.listenerCount('timeout') === 0) timeout(first as Socket)
        return false
      default:
        return false
    }
  }
}

/** A request has arrived. False if it must not reach the application. */
export function arrive(watch: Watch, request: IncomingMessage, response: ServerResponse): boolean {
  return count(connectionOf(request.socket) ?? accept(watch, request.socket), request, response)
}

function upgrade(request: IncomingMessage): void {
  const connection = connectionOf(request.socket)
  if (connection !== undefined) connection.transport.watch.tracker.upgrade(connection)
}

/** Node is about to destroy the socket, because nobody listens. Between requests that is the idle timeout. */
function timeout(socket: Socket): void {
  const connection = connectionOf(socket)
  if (connection === undefined || stateOf(connection) === 'active') return
  const { tracker, limits } = connection.transport.watch
  tracker.retire(connection, 'idle-timeout', limits.clock.now())
}
