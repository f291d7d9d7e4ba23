import fc from 'fast-check'
import { acts } from './acts.js'
import type { Body, Message, Noise, Request } from './message.js'

const size = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(1_000, 20_000, 70_000))

const length: fc.Arbitrary<Body> = fc
  .record({
    length: size,
    wrong: fc.oneof({ weight: 24, arbitrary: fc.constant(0) }, fc.constantFrom(-3, -1, 2, 40)),
  })
  .map(({ length, wrong }) => ({ kind: 'length', length, sent: Math.max(0, length + wrong) }))

const chunked: fc.Arbitrary<Body> = fc.record({
  kind: fc.constant('chunked' as const),
  chunks: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
  extension: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, fc.constantFrom(';a=b', ';a="b c"', ' ;x')),
  trailer: fc.constantFrom('', 'X-Trailer: 1\r\n', 'Content-Length: 5\r\n'),
  end: fc.oneof(
    { weight: 30, arbitrary: fc.constant('0\r\n*\r\n') },
    fc.constantFrom('', '0\r\n', 'zz\r\n', '-5\r\nabcde\r\n', '3\r\nabcde\r\n0\r\n\r\n', '5\r\nab'),
  ),
})

const body: fc.Arbitrary<Body> = fc.oneof({ weight: 3, arbitrary: length }, { weight: 2, arbitrary: chunked })

const host = fc.oneof(
  { weight: 30, arbitrary: fc.constant(['Host: a']) },
  { weight: 3, arbitrary: fc.constant([]) },
  fc.constant(['Host: a', 'Host: b']),
)

const connection = fc.oneof(
  { weight: 40, arbitrary: fc.constant([]) },
  { weight: 4, arbitrary: fc.constant(['Connection: keep-alive']) },
  fc.constantFrom(
    ['Connection: close'],
    ['Connection: keep-alive, x'],
    ['Connection: x, close'],
    ['Connection: keep-alive', 'Connection: close'],
  ),
)

const upgrade = ['Connection: Upgrade', 'Upgrade: test']

const other = fc.oneof(
  { weight: 60, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: fc.constant(upgrade) },
  { weight: 3, arbitrary: fc.constant(['Expect: 100-continue']) },
  { weight: 3, arbitrary: fc.constant(['Expect: weird']) },
  fc.constantFrom(
    ['Expect: 100-continue', ...upgrade],
    ['Upgrade: test'],
    ['Connection: Upgrade, close', 'Upgrade: test'],
    ['TE: trailers'],
    ['X : 1'],
    ['nothing'],
    ['X: 1', ' folded'],
    ['X: \0'],
    ['X: a\rY: b'],
    ['X: 1\nY: 2'],
    ['Content-Length: 3'],
    ['Content-Length: -3'],
    ['Transfer-Encoding: chunked'],
    ['Transfer-Encoding: xchunked'],
    [`X: ${'x'.repeat(20_000)}`],
  ),
)

const spoilt = fc.record({
  how: fc.constantFrom('lose', 'add', 'change'),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  byte: fc.oneof(fc.constantFrom(0, 10, 13, 32, 58), fc.nat(255)),
})

const request: fc.Arbitrary<Request> = fc
  .record({
    method: fc.oneof(
      { weight: 24, arbitrary: fc.constant('GET') },
      { weight: 16, arbitrary: fc.constant('POST') },
      { weight: 6, arbitrary: fc.constantFrom('HEAD', 'PUT', 'OPTIONS') },
      fc.constantFrom('CONNECT', 'PRI', 'QUERY'),
    ),
    act: fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom(...Object.keys(acts).filter((name) => !/close|destroy|end/.test(name))),
      },
      fc.constantFrom(...Object.keys(acts)),
    ),
    origin: fc.oneof(
      { weight: 15, arbitrary: fc.constant('') },
      fc.constantFrom('http://a', 'http://b:80', '*'),
    ),
    version: fc.oneof(
      { weight: 40, arbitrary: fc.constant('HTTP/1.1') },
      { weight: 4, arbitrary: fc.constant('HTTP/1.0') },
      fc.constantFrom('HTTP/2.0', 'HTTP/0.9', 'HTTP'),
    ),
    headers: fc.tuple(host, connection, other).map((lines) => lines.flat()),
    body,
    hasBody: fc.integer({ min: 0, max: 9 }),
    spoilt: fc.oneof({ weight: 30, arbitrary: fc.constant(undefined) }, spoilt),
  })
  .map(({ hasBody, body: drawn, spoilt: fault, ...rest }) => ({
    kind: 'request',
    ...rest,
    // A GET with a body is rare, a POST without one too.
    body: hasBody < (['POST', 'PUT'].includes(rest.method) ? 9 : 1) ? drawn : { kind: 'none' },
    ...(fault === undefined ? {} : { spoilt: fault }),
  }))

/** What Node answers by itself, without an event. */
const refused: fc.Arbitrary<Request> = fc
  .tuple(request, fc.constantFrom([], ['Host: a', 'Expect: weird']))
  .map(([{ spoilt: _, ...whole }, headers]) => ({ ...whole, version: 'HTTP/1.1', headers }))

const noise: fc.Arbitrary<Noise> = fc
  .oneof(
    { weight: 3, arbitrary: fc.constantFrom('\r\n', '\r\n\r\n\r\n', '\n') },
    fc.constantFrom('\0', '\0garbage\r\n\r\n', 'GET /\r\n\r\n', 'GET / HTTP/1.1\nHost: a\n\n', 'GET / HT'),
    fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  )
  .map((text) => ({ kind: 'noise', text }))

export const messages: fc.Arbitrary<Message> = fc.oneof(
  { weight: 14, arbitrary: request },
  { weight: 3, arbitrary: refused },
  { weight: 1, arbitrary: noise },
)
