import type { ServerResponse } from 'node:http'
import { bindBriefly } from '../connection/carrier.js'
import { retire } from '../connection/retire.js'
import { connectionOfResponse, connectionOfSocket, type Http1Connection } from './connection.js'
import { sayClose, saysClose, type WriteHeadArguments } from './connection-header.js'
import { lingerWhenDone } from './linger.js'
import { endBehind } from './socket-close.js'

/**
 * Puts the decision in front of a response's `writeHead`. Every path to the wire calls that at the last moment:
 * `end()` and the first `write()` do too. So the decision comes after all that the application or its error handler
 * does to the headers.
 */
export function decideAtHeaders(connection: Http1Connection, response: ServerResponse): void {
  if (response.writeHead === writeHead) return
  bindBriefly(response, connection)
  response.writeHead = Object.hasOwn(response, 'writeHead') ? before(response.writeHead) : writeHead
}

function writeHead(this: ServerResponse, ...parameters: WriteHeadArguments): ServerResponse {
  // The prototype is read now, because a framework may insert its own, or derive another response.
  let inner: ServerResponse = Object.getPrototypeOf(this)
  while (inner.writeHead === writeHead) inner = Object.getPrototypeOf(inner)
  return Reflect.apply(inner.writeHead, this, marked(this, parameters))
}

/** Somebody else has replaced `writeHead` before. That one runs after the decision. */
function before(inner: ServerResponse['writeHead']): ServerResponse['writeHead'] {
  return function writeHead(this: ServerResponse, ...parameters: WriteHeadArguments): ServerResponse {
    return Reflect.apply(inner, this, marked(this, parameters))
  }
}

/** The arguments for the real `writeHead`. */
function marked(response: ServerResponse, parameters: WriteHeadArguments): WriteHeadArguments {
  // An informational status that the application writes is not the answer yet.
  if (response.headersSent || Number(parameters[0]) < 200) return parameters
  const connection = connectionOfResponse(response)
  if (connection === undefined || isReleased(connection)) return parameters
  if (!isLast(connection, response, parameters)) return parameters
  // A listener has detached the server just now.
  if (isReleased(connection)) return parameters
  if (connection.transport.watch.tracker.move(connection, 'last', 'marked'))
    lingerWhenDone(connection, response)
  return sayClose(response, parameters)
}

/** The server was detached while the response was under way. */
function isReleased(connection: Http1Connection): boolean {
  return connectionOfSocket(connection.transport.socket) !== connection
}

/** Retires the connection if it is time to, and tells whether this response is the one to say so. */
function isLast(
  connection: Http1Connection,
  response: ServerResponse,
  parameters: WriteHeadArguments,
): boolean {
  const { transport, stage } = connection
  // Its headers could not be written, and are written again.
  if (stage === 'marked') return transport.latest === response
  // A later request has made the connection a tunnel.
  if (stage !== 'open' && stage !== 'last') return false
  const { tracker, limits } = transport.watch
  const now = limits.clock.now()
  // The last response from before a dry run stays the last: later requests may have been dropped.
  const reason = tracker.decide(connection, now) ?? (stage === 'last' ? 'max-requests' : undefined)
  if (reason === undefined || saysClose(response, parameters)) return false
  retire(connection, reason, now)
  // The decision stays. A response that is completed out of order can be marked before earlier ones.
  const { latest } = transport
  if (latest !== undefined && !latest.headersSent && tracker.move(connection, 'open', 'last'))
    endBehind(connection, latest)
  return connection.stage === 'last' && transport.latest === response
}
