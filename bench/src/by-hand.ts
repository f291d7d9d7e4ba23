import { createServer, IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { attach } from '@evenkeel/node'
import { hello, limits } from './servers/hello.js'

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
      response.emit('close')
    }
  }
}
