import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'

/** What a handler does with a request, by the API that is like that of HTTP/1. */
export type CompatAct = (exchange: CompatExchange) => void

export interface CompatExchange {
  readonly request: Http2ServerRequest
  readonly response: Http2ServerResponse
  readonly number: string
  attempt(what: () => void): void
  wait(next: () => void): void
  soon(next: () => void): void
}

const dateless = ({ response, number }: CompatExchange): Http2ServerResponse => {
  response.sendDate = false
  response.setHeader('etag', number)
  return response
}

const bodyOf = ({ request }: CompatExchange, done: (length: number) => void): void => {
  let length = 0
  request.on('data', (data: Buffer) => {
    length += data.length
  })
  request.on('end', () => done(length))
}

/** What is done where a path names nothing that this API does. */
export const now: CompatAct = (x) => void dateless(x).end('now')

/** Under the names of what the other API does. */
export const compatActs: Readonly<Record<string, CompatAct>> = {
  now,
  empty: (x) => void dateless(x).end(),
  tick: (x) => process.nextTick(() => x.attempt(() => dateless(x).end('tick'))),
  turn: (x) => setImmediate(() => x.attempt(() => dateless(x).end('turn'))),
  timer: (x) => x.soon(() => dateless(x).end('timer')),
  later: (x) => x.wait(() => dateless(x).end('later')),
  read: (x) => bodyOf(x, (length) => x.attempt(() => dateless(x).end(`read ${length}`))),
  'read-later': (x) => bodyOf(x, (length) => x.wait(() => dateless(x).end(`read ${length}`))),
  early: (x) => {
    dateless(x).end('early')
    x.request.resume()
  },
  pipe: (x) => void x.request.pipe(dateless(x)),
  flush: (x) => {
    dateless(x).writeHead(200).write('')
    x.wait(() => x.response.end('x'))
  },
  pieces: (x) => {
    dateless(x).write('one ')
    setImmediate(() => x.attempt(() => x.response.write('two ')))
    x.wait(() => x.response.end('three'))
  },
  big: (x) => void dateless(x).end('x'.repeat(100_000)),
  trailers: (x) => {
    dateless(x).addTrailers({ etag: 'end' })
    x.response.end('x')
  },
  hints: (x) => {
    x.response.writeContinue()
    dateless(x).end('hints')
  },
  'head-close': (x) => {
    dateless(x).write('half')
    x.response.stream.close(2)
  },
  destroy: (x) => x.response.destroy(),
  'destroy-error': (x) => x.wait(() => x.request.destroy(new Error('an error of the application'))),
  'close-later': (x) => x.wait(() => x.response.stream.close(8)),
}
