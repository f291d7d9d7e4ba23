import type { IncomingMessage, ServerResponse } from 'node:http'
import { isEnding } from '@evenkeel/core'
import { isExempt } from '../exempt.js'
import { readClock } from '../last-use.js'
import { reopen } from '../reopen.js'
import { bindBriefly } from '../watch.js'
import { onResponseClose } from './close.js'
import { dropLate } from './late.js'
import { decideAtHeaders } from './mark.js'
import type { Http1Connection } from './transport.js'

/**
 * How long before a connection's age limit its responses begin to be asked at their headers, in milliseconds: far
 * longer than the time that is known is old. One that takes longer leaves the mark to the next; all earlier ones are
 * spared the question.
 */
const ahead = 60_000

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
  if (transport.latest === response || isCounted(request, response)) return true
  if (isEnding(connection)) {
    dropLate(connection)
    return false
  }
  const { watch } = transport
  const { tracker } = watch
  if (tracker.dryRun) reopen(connection)
  if (!isExempt(watch, request)) tracker.count(connection)
  tracker.begin(connection)
  transport.latest = response
  transport.extended = false
  // Not through the request later: a proxy that hands it on as a body can lose its `socket` on the way.
  bindBriefly(response, connection)
  if (connection.requests >= connection.requestLimit && !response.headersSent && !tracker.dryRun)
    tracker.move(connection, 'open', 'last')
  if (watch.asksClock) readClock(watch)
  if (tracker.isDue(connection, watch.now, ahead)) decideAtHeaders(response)
  response.on('close', onResponseClose)
  return true
}

/** A `checkContinue` listener hands its request on by emitting `request` itself, sooner or later. */
function isCounted(request: IncomingMessage, response: ServerResponse): boolean {
  return request.headers.expect !== undefined && response.listeners('close').includes(onResponseClose)
}
