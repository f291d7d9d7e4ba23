import { IncomingMessage, Server, type ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { Server as SecureServer } from 'node:https'
import { type DropArgument, type Socket, Server as TcpServer } from 'node:net'
import { type TLSSocket, Server as TlsServer } from 'node:tls'
import { Handshake } from '../connection/handshake.js'
import type { Interceptor } from '../connection/intercept.js'
import { nameOf } from '../connection/key.js'
import { open } from '../connection/open.js'
import type { Watch } from '../connection/watch.js'
import { arrive as arriveByHttp1, observeHttp1 } from '../http1/events.js'
import { observeHttp2 } from '../http2/events.js'
import { count as arriveByHttp2 } from '../http2/stream.js'
import type { HttpServer } from '../options/options.js'

export function isHttp1Server(server: unknown): boolean {
  return server instanceof Server || server instanceof SecureServer
}

/** Node does not export the classes of its HTTP/2 servers. Only those servers have settings. */
export function isHttp2Server(server: unknown): boolean {
  return server instanceof TcpServer && 'updateSettings' in server
}

export function isHttpServer(server: unknown): server is HttpServer {
  return isHttp1Server(server) || isHttp2Server(server)
}

/** A request has come to an application whose server was attached too late to see it. */
export function arrive(
  watch: Watch,
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
): void {
  if (request instanceof IncomingMessage) arriveByHttp1(watch, request, response as ServerResponse)
  else arriveByHttp2(watch, request.stream, request.headers)
}

/** What each of a server's events means to its connections, over the protocols that it speaks. */
export function observe(server: HttpServer, watch: Watch): Interceptor {
  const isSecure = server instanceof TlsServer
  const protocol = observeProtocol(server, watch, isSecure)
  return (event, first, second) => {
    if (protocol(event, first, second)) return true
    if (event === 'drop') refuse(watch, first as DropArgument | undefined)
    else if (event === 'listening') returnToService(watch)
    else if (event === 'close') watch.fleet.leave()
    // This is the socket under TLS. No request names it.
    else if (event === 'connection' && isSecure) acceptHandshake(watch, first as Socket)
    return false
  }
}

function observeProtocol(server: HttpServer, watch: Watch, isSecure: boolean): Interceptor {
  const accepted = isSecure ? 'secureConnection' : 'connection'
  if (isHttp1Server(server)) return observeHttp1(server, watch, accepted)
  const http2 = observeHttp2(watch, accepted)
  if (!isSecure) return http2
  const http1 = observeHttp1(server, watch, accepted)
  return (event, first, second) => (isHttp1(event, first) ? http1 : http2)(event, first, second)
}

/** Node has refused a connection, because the server holds as many as it may. */
function refuse({ tracker, makeRoom }: Watch, dropped: DropArgument | undefined): void {
  // Over a unix socket Node gives no details.
  const { address, port } = nameOf(dropped ?? {})
  tracker.refuse(`${address}:${port}`)
  makeRoom(address, true)
}

/** A server that was shut down listens again. */
function returnToService(watch: Watch): void {
  watch.service.resume()
  // The shutdown has ended its dry run, which begins again.
  watch.tracker.rehearse(watch.limits.dryRun, watch.limits.clock.now())
  watch.fleet.join()
}

/** Watches a handshake, unless its peer has no address: such a peer could not be found again after the handshake. */
function acceptHandshake(watch: Watch, socket: Socket): void {
  if (!watch.handshakes.areSeen || socket.remoteAddress === undefined) return
  const handshake = new Handshake(watch, socket)
  watch.handshakes.add(handshake.ends, open(watch, handshake, socket, socket))
}

/** A secure HTTP/2 server that allows HTTP/1 gives sockets and requests of both to the same events. */
function isHttp1(event: unknown, first: unknown): boolean {
  switch (event) {
    case 'secureConnection':
      return (first as TLSSocket).alpnProtocol !== 'h2'
    case 'request':
    case 'checkContinue':
    case 'checkExpectation':
      // The version would not do, because the client has written it.
      return first instanceof IncomingMessage
    default:
      return event !== 'stream' && event !== 'session'
  }
}
