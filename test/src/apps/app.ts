import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import type { Keel, ServerOptions } from '@evenkeel/node'

/** How the suite wants its application. */
export interface AppSettings {
  readonly options: ServerOptions
  /** How often Even Keel is mounted, or the server attached. Default 1. */
  readonly mounts?: number
  /** Called for `GET /wait` with what answers it. */
  readonly waiting?: (answer: () => void) => void
}

/** An application that listens. */
export interface RunningApp {
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

/** Listens on a free port and closes for good, connections included. */
export function run(server: Server & { closeAllConnections(): void }, keel: () => Keel): Promise<RunningApp> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        get keel() {
          return keel()
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
