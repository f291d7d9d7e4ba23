import type { ServerResponse } from 'node:http'
import { bindBriefly } from '../connection/carrier.js'
import { retire } from '../connection/retire.js'
import { connectionOfResponse, connectionOfSocket, type Http1Connection } from './connection.js'
import { sayClose, saysClose, type WriteHeadArguments } from './connection-header.js'
import { lingerWhenDone } from './linger.js'
import { endBehind } from './socket-close.js'

/**
 * Puts the decision in front of a response's `writeHead`, which every path to the wire calls at the last
 * moment: `end()` and the first `write()` call it too. Whatever the application or its error handler did to
 * the headers before, the decision comes after.
 */
export function decideAtHeaders(connection: Http1Connection, response: ServerResponse): void {
  if (response.writeHead === writeHead) return
  bindBriefly(response, connection)
  response.writeHead = Object.hasOwn(response, 'writeHead') ? before(response.writeHead) : writeHead
}

function writeHead(this: ServerResponse, ...parameters: WriteHeadArguments): ServerResponse {
  // The prototype of this moment: a framework puts its own between the response and Node's, or derives another.
  let inner: ServerResponse = Object.getPrototypeOf(this)
  while (inner.writeHead === writeHead) inner = Object.getPrototypeOf(inner)
  return Reflect.apply(inner.writeHead, this, marked(this, parameters))
}

/** Somebody else has replaced `writeHead` before: it runs behind the decision. */
function before(inner: ServerResponse['writeHead']): ServerResponse['writeHead'] {
  return function writeHead(this: ServerResponse, ...parameters: WriteHeadArguments): ServerResponse {
    return Reflect.apply(inner, this, marked(this, parameters))
  }
}

/** What to call the real `writeHead` with. */
function marked(response: ServerResponse, parameters: WriteHeadArguments): WriteHeadArguments {
  // An informational status, written by hand, is not the answer yet.
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
  // Headers that could not be written, and are written anew.
  if (stage === 'marked') return transport.latest === response
  // A request behind this one has made it a tunnel.
  if (stage !== 'open' && stage !== 'last') return false
  const { tracker, limits } = transport.watch
  const now = limits.clock.now()
  // What was the last before a dry run began stays so: what came behind it may have been dropped.
  const reason = tracker.decide(connection, now) ?? (stage === 'last' ? 'max-requests' : undefined)
  if (reason === undefined || saysClose(response, parameters)) return false
  retire(connection, reason, now)
  // Once decided it stays: an answer that is completed out of order can be marked before those in front of it.
  const { latest } = transport
  if (latest !== undefined && !latest.headersSent && tracker.move(connection, 'open', 'last'))
    endBehind(connection, latest)
  return connection.stage === 'last' && transport.latest === response
}
