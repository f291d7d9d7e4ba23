import fc from 'fast-check'
import { compatActs } from './compat-acts.js'
import { coreActs, endingActs } from './core-acts.js'
import type { Piece, Request } from './piece.js'

/**
 * On Node 20 broken frames spoil the memory of nghttp2, on a bare server too, and so does a stream that comes behind a
 * close by the application.
 */
export const isCareful: boolean = process.versions.node.startsWith('20.')

/** Undefined that many times as often as not. */
export const seldom = <T>(arbitrary: fc.Arbitrary<T>, times: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

const of = fc.nat(6)
const word = fc.constantFrom(0, 1, 2, 5, 0x7f_ff_ff_ff, 0xff_ff_ff_ff)
const share = fc.double({ min: 0, max: 1, noNaN: true })
const size = fc.oneof({ weight: 4, arbitrary: fc.nat(12) }, fc.constantFrom(1_000, 10_000, 16_384))
const padding = fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 40 }))
const code = fc.constantFrom(0, 1, 2, 5, 7, 8, 11, 200)

const act = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('now', 'turn', 'timer', 'later', 'read') },
  { weight: 9, arbitrary: fc.constantFrom(...Object.keys(coreActs)) },
  { weight: 2, arbitrary: fc.constantFrom(...Object.keys(compatActs)) },
  ...(isCareful ? [] : [{ weight: 1, arbitrary: fc.constantFrom(...Object.keys(endingActs)) }]),
)

const request: fc.Arbitrary<Request> = fc
  .record({
    kind: fc.constant('request' as const),
    act,
    open: fc.boolean(),
    padding,
    priority: seldom(fc.record({ on: fc.constant(0), weight: fc.nat(255) }), 6),
    parts: fc.oneof(
      { weight: 5, arbitrary: fc.constant([]) },
      fc.array(share, { minLength: 1, maxLength: 2 }),
    ),
    gap: fc.oneof({ weight: 12, arbitrary: fc.constant(0) }, fc.nat(2)),
  })
  .map((drawn) => ({ ...drawn, method: drawn.open ? 'POST' : 'GET' }))

const setting: fc.Arbitrary<readonly [number, number]> = fc.oneof(
  fc.tuple(fc.constant(1), fc.constantFrom(0, 100, 4_096)),
  fc.tuple(fc.constant(2), fc.constantFrom(0, 1)),
  fc.tuple(fc.constant(3), fc.constantFrom(0, 1, 100)),
  fc.tuple(fc.constant(4), fc.constantFrom(0, 1, 10, 65_535, 1_000_000)),
  fc.tuple(fc.constant(5), fc.constantFrom(16_384, 20_000, 16_777_215)),
  fc.tuple(fc.constant(6), fc.constantFrom(0, 100, 1_000_000)),
  fc.tuple(fc.constantFrom(9, 200, 65_535), fc.nat()),
)

export const settingsList: fc.Arbitrary<(readonly [number, number])[]> = fc.array(setting, { maxLength: 3 })

const data: fc.Arbitrary<Piece> = fc.record({
  kind: fc.constant('data' as const),
  of,
  length: size,
  padding,
  end: fc.boolean(),
})

const increment = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(1, 100, 200_000) },
  fc.constantFrom(...(isCareful ? [1] : [0, 0x7f_ff_ff_ff])),
)

const window: fc.Arbitrary<Piece> = fc.record({
  kind: fc.constant('window' as const),
  of: seldom(of, 1),
  increment,
})

const other: fc.Arbitrary<Piece> = fc.oneof(
  fc.record({ kind: fc.constant('trailers' as const), of }),
  fc.record({ kind: fc.constant('ping' as const), acknowledges: fc.constant(false) }),
  fc.record({ kind: fc.constant('settings' as const), values: settingsList }),
  fc.record({ kind: fc.constant('acknowledge' as const) }),
  fc.record({ kind: fc.constant('priority' as const), of, on: of, weight: fc.nat(255) }),
  fc.record({
    kind: fc.constant('unknown' as const),
    type: fc.constantFrom(11, 16, 77, 255),
    flags: fc.nat(255),
    of,
    length: size,
  }),
)

const reset: fc.Arbitrary<Piece> = fc.record({ kind: fc.constant('reset' as const), of, code })

const goaway: fc.Arbitrary<Piece> = fc.record({
  kind: fc.constant('goaway' as const),
  code: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, ...(isCareful ? [] : [code])),
  last: fc.constantFrom(0, 2, 0x7f_ff_ff_ff),
})

const raw: fc.Arbitrary<Piece> = fc.record({
  kind: fc.constant('raw' as const),
  type: fc.nat(10),
  flags: fc.oneof(fc.constantFrom(0, 1, 4, 5, 8), fc.nat(255)),
  where: fc.constantFrom('zero', 'last', 'first', 'next', 'even', 'far'),
  payload: fc.oneof(
    fc.constantFrom('', '\x82', '\x82\x86\x84', '\0\0\0\0', 'x'.repeat(20_000)),
    word.map((value) =>
      String.fromCharCode(value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255),
    ),
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  ),
})

const noise: fc.Arbitrary<Piece> = fc
  .oneof(
    fc.constantFrom('GET / HTTP/1.1\r\n\r\n', '\0'.repeat(9), '\xff'.repeat(9)),
    fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  )
  .map((text) => ({ kind: 'noise', text }))

const broken: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 5, arbitrary: raw },
  { weight: 1, arbitrary: noise },
  fc.record({ kind: fc.constant('ping' as const), acknowledges: fc.constant(true) }),
)

export const pieces: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 30, arbitrary: request },
  { weight: 14, arbitrary: data },
  { weight: 5, arbitrary: window },
  { weight: 5, arbitrary: reset },
  { weight: 8, arbitrary: other },
  { weight: 1, arbitrary: goaway },
  ...(isCareful ? [] : [{ weight: 1, arbitrary: broken }]),
)
