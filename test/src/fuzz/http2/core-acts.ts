import type { ServerHttp2Session, ServerHttp2Stream } from 'node:http2'

/** What a handler does with a stream. */
export type CoreAct = (exchange: CoreExchange) => void

export interface CoreExchange {
  readonly stream: ServerHttp2Stream
  readonly session: ServerHttp2Session
  readonly number: string
  /** Does it now; what it throws is written down. */
  attempt(what: () => void): void
  /** Goes on when the script says so, or at its end. */
  wait(next: () => void): void
  /** Goes on a millisecond later. */
  soon(next: () => void): void
}

/** The date changes with the second. */
const dateless: object = { sendDate: false }

/** An etag leaves no trace in the table of HPACK, so a head does not depend on those before. */
const head = ({ stream, number }: CoreExchange, options: object = {}): void =>
  stream.respond({ ':status': 200, etag: number }, { ...dateless, ...options })

const answer = (x: CoreExchange, text: string): void => {
  head(x)
  x.stream.end(text)
}

const bodyOf = ({ stream }: CoreExchange, done: (length: number) => void): void => {
  let length = 0
  stream.on('data', (data: Buffer) => {
    length += data.length
  })
  stream.on('end', () => done(length))
}

const big = 'x'.repeat(100_000)

/** What is done where a path names nothing else. */
export const now: CoreAct = (x) => answer(x, 'now')

export const coreActs: Readonly<Record<string, CoreAct>> = {
  now,
  empty: (x) => head(x, { endStream: true }),
  tick: (x) => process.nextTick(() => x.attempt(() => answer(x, 'tick'))),
  turn: (x) => setImmediate(() => x.attempt(() => answer(x, 'turn'))),
  timer: (x) => x.soon(() => answer(x, 'timer')),
  later: (x) => x.wait(() => answer(x, 'later')),
  read: (x) => bodyOf(x, (length) => x.attempt(() => answer(x, `read ${length}`))),
  'read-later': (x) => bodyOf(x, (length) => x.wait(() => answer(x, `read ${length}`))),
  early: (x) => {
    answer(x, 'early')
    x.stream.resume()
  },
  pipe: (x) => {
    head(x)
    x.stream.pipe(x.stream)
  },
  flush: (x) => {
    head(x)
    x.wait(() => x.stream.end('x'))
  },
  pieces: (x) => {
    head(x)
    x.stream.write('one ')
    setImmediate(() => x.attempt(() => x.stream.write('two ')))
    x.wait(() => x.stream.end('three'))
  },
  big: (x) => answer(x, big),
  'big-later': (x) => x.wait(() => answer(x, big)),
  trailers: (x) => {
    x.stream.on('wantTrailers', () => x.attempt(() => x.stream.sendTrailers({ etag: 'end' })))
    head(x, { waitForTrailers: true })
    x.stream.end('x')
  },
  hints: (x) => {
    x.stream.additionalHeaders({ ':status': 103, etag: 'hint' })
    answer(x, 'hints')
  },
  push: (x) => {
    x.stream.pushStream({ ':path': '/pushed' }, (_error, pushed) => {
      pushed?.on('error', () => {})
      x.attempt(() => pushed?.respond({ ':status': 200 }, dateless))
      pushed?.end('pushed')
    })
    answer(x, 'push')
  },
  'close-none': (x) => x.stream.close(),
  'close-cancel': (x) => x.stream.close(8),
  'close-refused': (x) => x.stream.close(7),
  'close-turn': (x) => setImmediate(() => x.stream.close(2)),
  'close-timer': (x) => x.soon(() => x.stream.close(8)),
  'close-later': (x) => x.wait(() => x.stream.close(8)),
  'head-close': (x) => {
    head(x)
    x.stream.write('half')
    x.stream.close(2)
  },
  'end-close': (x) => {
    answer(x, 'end')
    x.stream.close(0)
  },
  destroy: (x) => x.stream.destroy(),
  'destroy-error': (x) => x.wait(() => x.stream.destroy(new Error('an error of the application'))),
  ping: (x) => {
    x.session.ping(Buffer.from('8 octets'), () => {})
    answer(x, 'ping')
  },
  settings: (x) => {
    x.session.settings({ initialWindowSize: 40_000 }, () => {})
    answer(x, 'settings')
  },
  window: (x) => {
    x.session.setLocalWindowSize(200_000)
    answer(x, 'window')
  },
}

/** The application ends the session by itself. On Node 20 that can cost the process. */
export const endingActs: Readonly<Record<string, CoreAct>> = {
  'session-close': (x) => {
    answer(x, 'close')
    x.session.close()
  },
  'session-close-later': (x) =>
    x.wait(() => {
      answer(x, 'close')
      x.session.close()
    }),
  'session-goaway': (x) => {
    x.session.goaway()
    answer(x, 'goaway')
  },
  'session-destroy': (x) => x.session.destroy(),
  'session-destroy-later': (x) => x.wait(() => x.session.destroy()),
}
