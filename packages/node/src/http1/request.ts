import type { IncomingMessage, ServerResponse } from 'node:http'
import { begin } from '../connection/begin.js'
import { bindBriefly } from '../connection/carrier.js'
import { connectionOfResponse, type Http1Connection } from './connection.js'
import { dropLate } from './late.js'
import { decideAtHeaders } from './mark.js'
import { endBehind } from './socket-close.js'

/**
 * How long before a connection's age limit the decision begins to wait for the headers of each response, in
 * milliseconds. This is far longer than the coarse clock lags. A response that takes longer leaves the mark to the
 * next one. Earlier responses are spared the work.
 */
const ahead = 60_000

/**
 * Counts a request and prepares its response. False if the request must not reach the application: the response
 * before it is the connection's last, so nobody would read the answer. From the mark its client knows that the
 * request was not processed (RFC 9112, section 9.6), and sends it again elsewhere.
 */
export function count(
  connection: Http1Connection,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { transport } = connection
  const { latest, watch } = transport
  // A `checkContinue` listener hands its request on by emitting `request` itself, sooner or later.
  if (latest === response) return true
  if (latest !== undefined && connectionOfResponse(response) === connection) return true
  if (connection.isEnding) {
    dropLate(connection)
    return false
  }
  begin(watch, connection, request)
  watch.newest = request
  // It is still in flight. From now on only this binding leads from it to the connection.
  if (latest !== undefined) bindBriefly(latest, connection)
  transport.latest = response
  transport.extended = false
  if (watch.tracker.isDue(connection, watch.clock.arrival(), ahead)) prepareDue(connection, response)
  return true
}

/** A limit is near. The decision comes with the headers of the response, and no request is taken after the last. */
function prepareDue(connection: Http1Connection, response: ServerResponse): void {
  const { tracker } = connection.transport.watch
  decideAtHeaders(connection, response)
  if (connection.requests < connection.requestLimit || response.headersSent) return
  if (tracker.move(connection, 'open', 'last')) endBehind(connection, response)
}
