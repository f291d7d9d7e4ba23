import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { World } from '../world.js'
import { perform } from './acts.js'
import type { Settings } from './script.js'

/** A server that does what each path says, and writes down what it sees. */
export function build(settings: Settings, world: World): Server {
  const server = createServer((request, response) => {
    observe(world, request, response)
    perform(world, request, response)
  })
  server.maxRequestsPerSocket = settings.maxRequestsPerSocket
  if (settings.halfOpen) Object.assign(server, { httpAllowHalfOpen: true })
  expectations(server, settings, world)
  for (const event of ['upgrade', 'connect'] as const)
    if (settings[event] !== 'none') server.on(event, tunnel(event, settings[event], world))
  if (settings.clientError !== 'none') {
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      world.note(`clientError ${error.code}`)
      if (settings.clientError === 'destroy' || !socket.writable) socket.destroy()
      else socket.end('HTTP/1.1 400 Bad\r\nConnection: close\r\n\r\n')
    })
  }
  return server
}

function observe(world: World, request: IncomingMessage, response: ServerResponse): void {
  const { url } = request
  world.note(`runs ${request.method} ${url}`)
  request.on('error', () => {})
  response.on('error', () => {})
  request.on('aborted', () => world.note(`aborted ${url}`))
  request.on('close', () => world.note(`request closed ${url}`))
  response.on('finish', () => world.note(`finished ${url}`))
  response.on('close', () => world.note(`response closed ${url}`))
}

function expectations(server: Server, settings: Settings, world: World): void {
  const pass = (request: IncomingMessage, response: ServerResponse): void => {
    response.writeContinue()
    server.emit('request', request, response)
  }
  if (settings.checkContinue !== 'none') {
    server.on('checkContinue', (request, response) => {
      const number = /\d+$/.exec(request.url ?? '')?.[0] ?? ''
      if (settings.checkContinue === 'pass') return pass(request, response)
      if (settings.checkContinue === 'later') return world.wait(number, () => pass(request, response))
      observe(world, request, response)
      response.writeHead(413, { 'X-Number': number }).end('too much')
    })
  }
  if (settings.checkExpectation !== 'none') {
    server.on('checkExpectation', (request, response) => {
      const number = /\d+$/.exec(request.url ?? '')?.[0] ?? ''
      observe(world, request, response)
      const answer = () => response.writeHead(417, { 'X-Number': number }).end('what?')
      if (settings.checkExpectation === 'answer') answer()
      else world.wait(number, answer)
    })
  }
}

/** Answers, then sends back whatever comes, until the client ends. */
function tunnel(
  event: 'upgrade' | 'connect',
  how: 'echo' | 'refuse' | 'later',
  world: World,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  return (request, socket, head) => {
    world.note(`${event} ${request.url} ${head.toString('latin1')}`)
    socket.on('error', () => {})
    if (how === 'refuse') {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')
      socket.resume()
      return
    }
    const open = (): void => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n')
      if (head.length > 0) socket.write(head)
      socket.on('data', (data) => socket.write(data))
      socket.on('end', () => socket.end())
    }
    if (how === 'echo') open()
    else world.wait(/\d+$/.exec(request.url ?? '')?.[0] ?? '99', open)
  }
}
