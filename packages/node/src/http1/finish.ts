import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type Carrier, connectionOfCarrier, unbindBriefly } from '../connection/carrier.js'
import { connectionOfResponse, type Http1Connection, type Http1Transport } from './connection.js'

/** Node publishes every response that is sent here. One listener for all costs less than one for each. */
const channel = 'http.server.response.finish'

interface Finished {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly socket: Socket
}

let servers = 0

/** Begins to watch sent responses for one more server. Returns a function that ends it. */
export function watchFinishes(): () => void {
  if (servers++ === 0) subscribe(channel, onFinish)
  return () => {
    if (--servers === 0) unsubscribe(channel, onFinish)
  }
}

/**
 * A response is sent. Aborted responses are not published: their sockets end, and the records with them. Some
 * published responses were not counted, because Node makes them by itself.
 */
function onFinish(message: unknown): void {
  const { request, response, socket } = message as Finished
  // Read here, not by `connectionOf`: see there.
  const connection = (socket as Carrier<Http1Transport>)[connectionOfCarrier]
  if (connection === undefined) return
  const { transport } = connection
  if (transport.watch.newest === request) transport.watch.newest = undefined
  if (transport.latest === response) transport.latest = undefined
  else if (connectionOfResponse(response) === connection) unbindBriefly(response)
  else return
  if (request.complete) finish(connection)
  else finishWithUpload(connection, request)
}

function finish(connection: Http1Connection): void {
  const { tracker, clock } = connection.transport.watch
  tracker.finish(connection, clock.use())
}

/** The answer came early. The rest of the upload is still on its way, so the connection is in use. */
function finishWithUpload(connection: Http1Connection, request: IncomingMessage): void {
  const over = (): void => {
    request.off('end', over).off('close', over)
    finish(connection)
  }
  request.on('end', over).on('close', over)
}
