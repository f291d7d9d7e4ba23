import assert from 'node:assert/strict'
import { type IncomingMessage, ServerResponse } from 'node:http'

export type Act = (request: IncomingMessage, response: ServerResponse) => void

/** What an application does with the socket below its response, at its second request. The client is then ended. */
export const ending: Readonly<Record<string, Act>> = {
  'request.socket.end() in front of the answer': ({ socket }, response) => {
    socket.end()
    response.end('ok')
  },
  'request.socket.end() behind the answer': ({ socket }, response) => {
    response.end('ok', () => socket.end())
  },
  'request.socket.end(bytes), past the response': ({ socket }) => {
    socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nown')
  },
  'request.socket.destroySoon() in front of the answer': ({ socket }, response) => {
    socket.destroySoon()
    response.end('ok')
  },
  'request.socket.destroySoon() between head and body': ({ socket }, response) => {
    response.writeHead(200, { 'Content-Length': 2 })
    response.flushHeaders()
    socket.destroySoon()
    response.end('ok')
  },
  'request.socket.destroySoon() behind the answer': ({ socket }, response) => {
    response.end('ok')
    socket.destroySoon()
  },
  'request.socket.destroy()': ({ socket }, response) => {
    socket.destroy()
    response.end('ok')
  },
  'response.destroy()': (_request, response) => void response.destroy(),
  'response.socket.destroySoon() on finish': (_request, response) => {
    const { socket } = response
    response.on('finish', () => socket?.destroySoon())
    response.end('ok')
  },
  'response.detachSocket(), and bytes of its own': (_request, response) => {
    const socket = response.socket ?? assert.fail()
    response.detachSocket(socket)
    socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nown')
  },
  'response.detachSocket(), and a response of its own': (request, response) => {
    const socket = response.socket ?? assert.fail()
    response.detachSocket(socket)
    const own = new ServerResponse(request)
    own.assignSocket(socket)
    own.shouldKeepAlive = false
    own.on('finish', () => socket.destroySoon())
    own.end('own')
  },
}

/** The same, where the connection goes on. */
export const going: Readonly<Record<string, Act>> = {
  'response.detachSocket() and assignSocket() again': (_request, response) => {
    const socket = response.socket ?? assert.fail()
    response.detachSocket(socket)
    response.assignSocket(socket)
    response.end('ok')
  },
  'a response of its own, then the real one': (request, response) => {
    const socket = response.socket ?? assert.fail()
    response.detachSocket(socket)
    const own = new ServerResponse(request)
    own.assignSocket(socket)
    own.on('finish', () => {
      own.detachSocket(socket)
      response.assignSocket(socket)
      response.emit('finish')
    })
    own.end('own')
  },
  'response.socket.setTimeout(), setNoDelay() and cork()': (_request, response) => {
    response.socket?.setTimeout(60_000)
    response.socket?.setNoDelay(false)
    response.socket?.cork()
    response.end('ok')
    response.socket?.uncork()
  },
}
