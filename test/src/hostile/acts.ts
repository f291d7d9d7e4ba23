import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import type { Siege } from './siege.js'

/** Whom an act can concern. */
export interface Scene {
  readonly siege: Siege
  readonly client: RawClient
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** What ends a connection, or might. */
export const acts: Readonly<Record<string, (scene: Scene) => void>> = {
  'request.destroy()': ({ request }) => void request.destroy(),
  'request.destroy(error)': ({ request }) => void request.destroy(new Error('on purpose')),
  'response.destroy()': ({ response }) => void response.destroy(),
  'response.destroy(error)': ({ response }) => void response.destroy(new Error('on purpose')),
  'socket.destroy()': ({ request }) => void request.socket.destroy(),
  'socket.end()': ({ request }) => void request.socket.end(),
  'socket.destroySoon()': ({ request }) => request.socket.destroySoon(),
  'server.closeAllConnections()': ({ siege }) => (siege.server as Server).closeAllConnections?.(),
  'server.closeIdleConnections()': ({ siege }) => (siege.server as Server).closeIdleConnections?.(),
  'keel.retire(request)': ({ siege, request }) => void siege.keel.retire(request),
  'retired twice and destroyed': ({ siege, request }) => {
    siege.keel.retire(request)
    siege.keel.retire(request, 'drain')
    request.socket.destroy()
  },
  'the client closes': ({ client }) => client.close(),
  'the client resets': ({ client }) => client.reset(),
  'the client ends its side': ({ client }) => void client.socket.end(),
}

/** When it happens: each calls the act once, and answers as a program would that does not expect it. */
export const moments: Readonly<
  Record<string, (request: IncomingMessage, response: ServerResponse, act: () => void) => void>
> = {
  'in front of the headers': (_, response, act) => {
    act()
    response.end('ok')
  },
  'in front of the headers, which are never sent': (_request, _response, act) => act(),
  'behind the headers': (_, response, act) => {
    response.writeHead(200)
    response.flushHeaders()
    act()
    response.end('ok')
  },
  'within the answer': (_, response, act) => {
    response.write('half')
    act()
    response.end('rest')
  },
  'when half of the answer is sent': (_, response, act) =>
    void response.write('half', () => {
      act()
      response.end('rest')
    }),
  'within an upload': (request, response, act) => {
    request.once('data', () => {
      act()
      response.end('ok')
    })
  },
  'behind an early answer to an upload': (_, response, act) => {
    response.end('early')
    act()
  },
  'at the end of an upload': (request, response, act) => {
    request.once('end', () => {
      act()
      response.end('ok')
    })
    request.resume()
  },
  'when the answer is finished': (_, response, act) => {
    response.once('finish', act)
    response.end('ok')
  },
  'when the answer is closed': (_, response, act) => {
    response.once('close', act)
    response.end('ok')
  },
  'a turn behind the request': (_, response, act) =>
    void setImmediate(() => {
      act()
      response.end('ok')
    }),
  'a turn behind the answer': (_, response, act) => {
    response.end('ok')
    setImmediate(act)
  },
}

/** A program that minds no error, whose first request meets the moment, and whose others are answered at once. */
export function meeting(
  moment: (request: IncomingMessage, response: ServerResponse, act: () => void) => void,
  act: (request: IncomingMessage, response: ServerResponse) => void,
): RequestListener {
  return (request, response) => {
    request.on('error', () => {})
    response.on('error', () => {})
    if (request.url === '/meet') moment(request, response, () => act(request, response))
    else response.end('another')
  }
}

/** An upload that arrives in one piece, and a request behind it. */
export const attack: string =
  'POST /meet HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n0123456789' +
  'GET /another HTTP/1.1\r\nHost: localhost\r\n\r\n'
