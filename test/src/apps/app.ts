import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { attach, type Keel, type ServerOptions } from '@evenkeel/node'

/** How the suite wants its application. */
export interface AppSettings {
  readonly options: ServerOptions
  /** How often Even Keel is mounted, or the server attached; 0 for a bare server. Default 1. */
  readonly mounts?: number
  /** Whether the server is attached at start, besides what is mounted. Default false. */
  readonly attached?: boolean
  /** Told of the server before it listens. */
  readonly prepare?: (server: Server) => void
  /** Called for `GET /wait` with what answers it. */
  readonly waiting?: (answer: () => void) => void
  /** What answers `GET` and `POST /answer/…`, given the path and the body. */
  readonly answering?: (path: string, body: string) => string | Promise<string>
  /** Answers every request for `/own/…` on Node's own request and response, with the body not read. */
  readonly own?: RequestListener
}

/** An application that listens. */
export interface RunningApp {
  readonly server: Server
  readonly port: number
  readonly keel: Keel
  close(): Promise<void>
}

/**
 * One application for the whole suite, written as each framework's users would:
 *
 * | request | answer |
 * |---|---|
 * | `GET`, `HEAD /ok` | 200 `ok` |
 * | `GET /throw` | the framework's answer to an error that the handler throws |
 * | `GET /missing` | the framework's answer to a path it does not know |
 * | `GET /empty`, `/not-modified` | 204, 304 |
 * | `POST /echo` | 200 and the request's body |
 * | `GET /wait` | 200 `ok`, once the suite says so |
 * | `GET /raw/…` | {@link rawAnswers}, on Node's own response |
 * | `GET`, `POST /answer/…` | 200 and what the suite says, at once if it knows |
 * | `/own/…` | whatever the suite does |
 */
export interface App {
  readonly name: string
  readonly secure?: boolean
  listen(settings: AppSettings): Promise<RunningApp>
}

/** Answers that set their own `Connection` header, in each way that Node's response takes one. */
export const rawAnswers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'set-header': (response) => {
    response.setHeader('Connection', 'keep-alive')
    response.end('ok')
  },
  'set-header-close': (response) => {
    response.setHeader('Connection', 'close')
    response.end('ok')
  },
  'write-head': (response) => {
    response.writeHead(200, { connection: 'keep-alive', 'Content-Length': 2 })
    response.end('ok')
  },
  'write-head-close': (response) => {
    response.writeHead(200, { Connection: 'close', 'Content-Length': 2 })
    response.end('ok')
  },
  'write-head-reason': (response) => {
    response.writeHead(200, 'Fine', { CONNECTION: 'keep-alive', 'Content-Length': 2 })
    response.end('ok')
  },
  'write-head-list': (response) => {
    response.writeHead(200, [
      'Set-Cookie',
      'a=1',
      'Connection',
      'keep-alive',
      'Set-Cookie',
      'b=2',
      'Content-Length',
      '2',
    ])
    response.end('ok')
  },
  'set-header-and-write-head': (response) => {
    response.setHeader('Connection', 'keep-alive')
    response.writeHead(200, { 'Content-Length': 2 })
    response.end('ok')
  },
  removed: (response) => {
    response.removeHeader('Connection')
    response.end('ok')
  },
  'upgrade-required': (response) => {
    response.writeHead(426, { Connection: 'Upgrade', Upgrade: 'HTTP/3.0', 'Content-Length': 2 })
    response.end('no')
  },
}

/** The answer that a path below `/raw/` asks for. */
export function rawAnswer(path: string, response: ServerResponse): void {
  rawAnswers[path.slice('/raw/'.length)]?.(response)
}

/** A request's whole body. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += chunk
  return body
}

/** Answers a request for `/answer/…`, at once where neither a body nor the suite has to be waited for. */
export function answer(
  { answering = () => '' }: AppSettings,
  request: IncomingMessage,
  path: string,
  send: (text: string) => void,
): void {
  const settle = (text: string | Promise<string>): void => {
    if (typeof text === 'string') send(text)
    else void text.then(send)
  }
  if (request.method === 'GET') settle(answering(path, ''))
  // A client that goes away within its body wants no answer.
  else
    bodyOf(request).then(
      (body) => settle(answering(path, body)),
      () => {},
    )
}

/** Readies a server as the suite wants it; what comes back is its keel if that is known at start. */
export function ready(server: Server, { attached = false, prepare, options }: AppSettings): Keel | undefined {
  prepare?.(server)
  return attached ? attach(server, options) : undefined
}

/** Listens on a free port and closes for good, connections included. */
export function run(
  server: Server,
  settings: AppSettings,
  keelOf: () => Keel | undefined,
): Promise<RunningApp> {
  const attached = ready(server, settings)
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        server,
        port: (server.address() as AddressInfo).port,
        get keel() {
          const keel = attached ?? keelOf()
          if (keel === undefined) throw new Error('the middleware has met no server yet')
          return keel
        },
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            server.closeAllConnections()
          }),
      }),
    )
  })
}
