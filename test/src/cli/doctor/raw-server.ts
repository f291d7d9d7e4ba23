import { createServer, type Server, type Socket } from 'node:net'

export const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
export const refusal = 'HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n'

/** Hands over the head of each request. What is no head is read and dropped. */
export function serve(onRequest: (head: string, socket: Socket) => void): Server {
  return createServer((socket) => {
    let rest = ''
    socket.on('error', () => {})
    socket.setEncoding('latin1').on('data', (chunk) => {
      const heads = (rest + chunk).split('\r\n\r\n')
      rest = (heads.pop() ?? '').slice(-1_000)
      for (const head of heads) onRequest(head, socket)
    })
  })
}
