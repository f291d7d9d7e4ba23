import type { IncomingMessage, ServerResponse } from 'node:http'
import { isExempt } from '../exempt.js'
import { onResponseClose } from './close.js'
import { discardFurther } from './linger.js'
import { decideAtHeaders, isDecidedAtHeaders } from './mark.js'
import type { Http1Connection } from './transport.js'

/**
 * Counts a request and prepares its response. False if the request must not reach the application: the
 * response before it is the connection's last, so nobody would read the answer. Its client knows from the mark
 * that it was not processed (RFC 9112, section 9.6) and sends it again elsewhere.
 */
export function count(
  connection: Http1Connection,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { transport } = connection
  // A `checkContinue` listener hands its request on by emitting `request` itself.
  if (transport.latest === response || isDecidedAtHeaders(response)) return true
  if (transport.final) {
    discardFurther(connection)
    return false
  }
  const { tracker } = transport.watch
  if (!isExempt(transport.watch, request)) tracker.count(connection)
  tracker.begin(connection)
  transport.latest = response
  transport.final = connection.requests >= connection.requestLimit && !response.headersSent
  decideAtHeaders(response)
  response.on('close', onResponseClose)
  return true
}
