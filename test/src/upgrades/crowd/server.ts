import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { retireSignal } from '@evenkeel/node'
import { WebSocket, WebSocketServer } from 'ws'

/** What tells of a client that it wants to say goodbye. */
export const polite = '/polite'

/**
 * Serves WebSockets that answer every message with its number, event streams whose messages are numbered as well, and
 * ordinary requests. Whoever has come by a polite path is told goodbye, with the number of messages it was sent.
 */
export class CrowdServer {
  readonly server: Server = createServer()
  readonly #sockets: WebSocketServer
  readonly #streams = new Set<() => void>()
  /** How many asked for their signal and were told by it, in all. */
  goodbyes = 0

  constructor() {
    this.server.on('request', (request, response) => {
      if (request.url?.startsWith('/events')) this.#stream(request, response)
      else response.end('ok')
    })
    this.#sockets = new WebSocketServer({ server: this.server })
    this.#sockets.on('connection', (socket, request) => this.#converse(socket, request))
  }

  async listen(): Promise<number> {
    // A hundred clients come at once.
    this.server.listen({ port: 0, host: '127.0.0.1', backlog: 511 })
    await once(this.server, 'listening')
    return (this.server.address() as AddressInfo).port
  }

  /** Sends every stream its next message. */
  push(): void {
    for (const push of this.#streams) push()
  }

  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate()
    this.server.closeAllConnections()
    this.server.close()
  }

  #converse(socket: WebSocket, request: IncomingMessage): void {
    let sent = 0
    socket.on('error', () => {})
    socket.on('message', () => {
      if (socket.readyState === WebSocket.OPEN) socket.send(String(++sent))
    })
    this.#atRetirement(request, () => {
      socket.send(`goodbye ${sent}`)
      socket.close(1001)
    })
  }

  #stream(request: IncomingMessage, response: ServerResponse): void {
    let sent = 0
    const push = (): void => void response.write(`data: ${++sent}\n\n`)
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.write('retry: 1\nevent: hello\ndata: \n\n')
    this.#streams.add(push)
    response.once('close', () => this.#streams.delete(push))
    this.#atRetirement(request, () => {
      this.#streams.delete(push)
      response.end(`data: goodbye ${sent}\n\n`)
    })
  }

  #atRetirement(request: IncomingMessage, sayGoodbye: () => void): void {
    if (request.url?.endsWith(polite) !== true) return
    const signal = retireSignal(request)
    const say = (): void => {
      this.goodbyes++
      sayGoodbye()
    }
    if (signal.aborted) say()
    else signal.addEventListener('abort', say, { once: true })
  }
}
