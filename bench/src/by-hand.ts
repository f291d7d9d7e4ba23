import { channel } from 'node:diagnostics_channel'
import { createServer, IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { attach } from '@evenkeel/node'
import { hello, limits } from './servers/hello.js'

/** Node's own, in which it publishes every response that is sent. */
const finished = channel('http.server.response.finish')

/**
 * A `node:http` server that is handed one request after another without a network: what is left of a request
 * is the JavaScript of Node's response, and that of the node layer if the server is attached.
 */
export function byHand(connections: number, withEvenKeel: boolean): () => void {
  const server = createServer((_request, response) => {
    response.end(hello)
  })
  if (withEvenKeel) attach(server, { ...limits, tuneTimeouts: false })
  const sockets = Array.from({ length: connections }, () => new Socket())
  return () => {
    for (const socket of sockets) {
      const request = new IncomingMessage(socket)
      const response = new ServerResponse(request)
      server.emit('request', request, response)
      // Without a network nothing is sent, so Node does not publish it.
      if (finished.hasSubscribers) finished.publish({ request, response, socket, server })
    }
  }
}
