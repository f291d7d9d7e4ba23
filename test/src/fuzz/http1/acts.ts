import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from 'node:http'
import type { World } from '../world.js'

/** What a handler does with a request. Each response carries the request's number. */
export type Act = (exchange: Exchange) => void

export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly number: string
  /** Goes on when the script says so, or at its end. */
  wait(next: () => void): void
  /** Goes on a millisecond later. */
  soon(next: () => void): void
}

const numbered = ({ response, number }: Exchange): ServerResponse => response.setHeader('X-Number', number)

/** Gives `writeHead` a list, in front of which no header may have been set. */
const listed = ({ number }: Exchange, ...pairs: OutgoingHttpHeader[]): OutgoingHttpHeader[] => [
  'X-Number',
  number,
  ...pairs,
]

const bodyOf = (request: IncomingMessage, done: (body: string) => void): void => {
  let body = ''
  request.setEncoding('latin1')
  request.on('data', (data: string) => {
    body += data
  })
  request.on('end', () => done(body))
}

const big = 'x'.repeat(300_000)

export const acts: Readonly<Record<string, Act>> = {
  now: (x) => numbered(x).end('now'),
  empty: (x) => numbered(x).end(),
  tick: (x) => process.nextTick(() => numbered(x).end('tick')),
  turn: (x) => setImmediate(() => numbered(x).end('turn')),
  later: (x) => x.wait(() => numbered(x).end('later')),
  timer: (x) => x.soon(() => numbered(x).end('timer')),
  'flush-timer': (x) => {
    x.request.resume()
    numbered(x).flushHeaders()
    x.soon(() => x.response.end('x'))
  },
  read: (x) => bodyOf(x.request, (body) => numbered(x).end(`read ${body.length}`)),
  'read-later': (x) => bodyOf(x.request, (body) => x.wait(() => numbered(x).end(`read ${body.length}`))),
  pipe: (x) => x.request.pipe(numbered(x)),
  'resume-later': (x) => x.wait(() => bodyOf(x.request, () => numbered(x).end('at last'))),
  flush: (x) => {
    x.request.resume()
    numbered(x).flushHeaders()
    x.wait(() => x.response.end('x'))
  },
  'flush-unread': (x) => {
    numbered(x).flushHeaders()
    x.wait(() => x.response.end('x'))
  },
  'flush-turn': (x) => {
    x.request.resume()
    numbered(x).flushHeaders()
    setImmediate(() => x.response.end('x'))
  },
  stream: (x) => {
    numbered(x).write('one ')
    setImmediate(() => x.response.write('two '))
    x.wait(() => x.response.end('three'))
  },
  'stream-length': (x) => {
    numbered(x).setHeader('Content-Length', 8)
    x.response.write('half')
    x.wait(() => x.response.end('half'))
  },
  'stream-twice': (x) => {
    x.wait(() => {
      numbered(x).write('one ')
      x.wait(() => x.response.end('two'))
    })
  },
  big: (x) => {
    numbered(x).write(big)
    x.response.write(big)
    x.response.end('big')
  },
  'keep-alive': (x) => numbered(x).setHeader('Connection', 'keep-alive').end('kept'),
  close: (x) => numbered(x).setHeader('Connection', 'close').end('closed'),
  'close-later': (x) => x.wait(() => numbered(x).setHeader('Connection', 'close').end('closed')),
  options: (x) => numbered(x).setHeader('Connection', 'X-Other, keep-alive').end('options'),
  removed: (x) => {
    numbered(x).removeHeader('Connection')
    x.response.end('removed')
  },
  'head-object': (x) => {
    x.response.writeHead(200, { 'x-number': x.number, connection: 'keep-alive', 'Content-Length': 2 })
    x.response.end('ok')
  },
  'head-reason': (x) => x.response.writeHead(200, 'Fine', { 'X-Number': x.number }).end('ok'),
  'head-list': (x) => {
    x.response.writeHead(200, listed(x, 'Set-Cookie', 'a=1', 'Connection', 'keep-alive', 'Set-Cookie', 'b=2'))
    x.response.end('ok')
  },
  'head-close': (x) => x.response.writeHead(200, listed(x, 'connection', 'close')).end('ok'),
  'head-mixed': (x) => numbered(x).writeHead(200, { Connection: 'keep-alive' }).end('ok'),
  'head-later': (x) => {
    numbered(x).writeHead(201)
    x.wait(() => x.response.end('created'))
  },
  'upgrade-required': (x) => numbered(x).writeHead(426, { Connection: 'Upgrade', Upgrade: 'x' }).end('no'),
  'no-content': (x) => numbered(x).writeHead(204).end(),
  'not-modified': (x) => numbered(x).writeHead(304).end(),
  hints: (x) => {
    x.response.writeEarlyHints({ link: '</a>; rel=preload' })
    x.wait(() => numbered(x).end('hinted'))
  },
  processing: (x) => {
    x.response.writeProcessing()
    numbered(x).end('processed')
  },
  trailers: (x) => {
    numbered(x).write('body')
    x.response.addTrailers({ 'X-Trailer': '1' })
    x.response.end()
  },
  'destroy-socket': (x) => x.request.socket.destroy(),
  'destroy-later': (x) => x.wait(() => x.request.socket?.destroy()),
  'destroy-response': (x) => void x.response.destroy(),
  'destroy-midway': (x) => {
    numbered(x).write('half')
    x.wait(() => x.response.destroy())
  },
  'destroy-request': (x) => void x.request.destroy(),
  'end-socket': (x) => {
    numbered(x).end('ended')
    x.request.socket?.end()
  },
}

export function perform(world: World, request: IncomingMessage, response: ServerResponse): void {
  const [, name = '', number = ''] = /\/([a-z-]+)\/(\d+)$/.exec(request.url ?? '') ?? []
  const exchange = {
    request,
    response,
    number,
    wait: (next: () => void) => world.wait(number, next),
    soon: (next: () => void) => world.soon(next),
  }
  const act = acts[name]
  if (act === undefined) numbered(exchange).end('no such act')
  else act(exchange)
}
