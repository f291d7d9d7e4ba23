import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import type { RawClient, RawResponse } from '@evenkeel/test-kit/raw-client'
import fc from 'fast-check'
import type { App } from '../apps/app.js'
import { isMarked, serving } from '../serving.js'
import { Gate } from './gate.js'
import { it } from './it.js'

const deepest = 64

/** A pipeline that hangs fails, and does not shrink for ever. */
const bounds = { timeout: 10_000, interruptAfterTimeLimit: 20_000 }

/** Where Even Keel stands: in the application, in front of its server, or both. */
const places = {
  middleware: { mounts: 1, attached: false },
  attach: { mounts: 0, attached: true },
  'attach and middleware': { mounts: 1, attached: true },
} as const

/** A pipeline, how its bytes reach the server, and how its requests are answered. */
interface Pipeline {
  readonly place: keyof typeof places
  readonly limit: number
  /** One for each request: whether it has a body. */
  readonly posts: readonly boolean[]
  readonly cut: 'one segment' | 'one for each request' | 'within each head' | 'anywhere'
  readonly cuts: readonly number[]
  readonly handler: 'at once' | 'next tick' | 'in any order'
  /** Sorted by these, requests are answered. */
  readonly ranks: readonly number[]
  /** How many requests are sent, and how many of those answered, before the rest is sent. */
  readonly sentFirst: number
  readonly answeredFirst: number
  /** How long each answer is at least: Node stops reading while 16 kB of answers wait for an earlier one. */
  readonly size: number
}

const pipelines: fc.Arbitrary<Pipeline> = fc
  .oneof(fc.integer({ min: 1, max: deepest }), fc.constantFrom(1, 2, 3, deepest))
  .chain((depth) =>
    fc.record({
      place: fc.constantFrom(...(Object.keys(places) as (keyof typeof places)[])),
      limit: fc.oneof(
        fc.constantFrom(1, depth, depth + 1, Infinity),
        fc.integer({ min: 1, max: Math.max(1, depth - 1) }),
      ),
      posts: fc.oneof(
        fc.constantFrom(false, true).map((post) => Array.from({ length: depth }, () => post)),
        fc.array(fc.boolean(), { minLength: depth, maxLength: depth }),
      ),
      cut: fc.constantFrom('one segment', 'one for each request', 'within each head', 'anywhere'),
      cuts: fc.array(fc.nat(), { maxLength: 6 }),
      handler: fc.constantFrom('at once', 'next tick', 'in any order', 'in any order'),
      ranks: fc.array(fc.nat(), { minLength: depth, maxLength: depth }),
      sentFirst: fc.integer({ min: 1, max: depth }),
      answeredFirst: fc.nat(Math.min(depth, 16)),
      size: fc.constantFrom(0, 0, 0, 20_000),
    }),
  )

/** Rule: a request whose handler ran is answered; a request behind the last response reaches no handler. */
export function pipelining(app: App): void {
  describe(`${app.name}: pipelines`, () => {
    it('answers what it handled, in order, at any depth from 1 to 64, with any limit, however it is cut', () =>
      fc.assert(
        fc.asyncProperty(pipelines, (pipeline) => holds(app, pipeline)),
        { ...bounds, numRuns: 60 },
      ))

    for (const handler of ['at once', 'next tick', 'in any order'] as const) {
      it(`answers 10 of 64 requests in one segment, and hands over no other, when answered ${handler}`, () =>
        holds(app, {
          place: 'attach',
          limit: 10,
          posts: Array.from({ length: deepest }, (_, index) => index % 3 === 1),
          cut: 'one segment',
          cuts: [],
          handler,
          ranks: Array.from({ length: deepest }, (_, index) => (index * 37) % deepest),
          sentFirst: deepest,
          answeredFirst: 0,
          size: 0,
        }))
    }

    it('hands over no third request when the second, the last of 2, was answered before the first', () =>
      holds(app, {
        place: 'attach',
        limit: 2,
        posts: [false, false, false],
        cut: 'one for each request',
        cuts: [],
        handler: 'in any order',
        ranks: [1, 0, 2],
        sentFirst: 2,
        answeredFirst: 2,
        size: 0,
      }))

    it('answers 1 of 2 requests in one segment with 20 000 bytes, for which Node stops reading, and closes', () =>
      holds(app, {
        place: 'attach',
        limit: 1,
        posts: [false, false],
        cut: 'one segment',
        cuts: [],
        handler: 'at once',
        ranks: [0, 0],
        sentFirst: 2,
        answeredFirst: 0,
        size: 20_000,
      }))

    it('hands over no third request when age came to two and the second, then the last, was answered first', () =>
      ends(app, {
        reason: 'max-age',
        age: 599_000,
        sent: [false, false],
        ranks: [1, 0],
        before: 0,
        after: 1,
      }))

    it('answers everything in flight when age or hand retires it with any of 1 to 16 headers already sent', () =>
      fc.assert(
        fc.asyncProperty(aged, (pipeline) => ends(app, pipeline)),
        { ...bounds, numRuns: 40 },
      ))
  })
}

/** What a connection's requests are answered with. */
function textOf(path: string, body: string, size: number): string {
  return `answer to ${path}: ${body.length} bytes, ${body.slice(-10)}`.padEnd(size, '.')
}

const path = (index: number): string => `/answer/${index}`
const body = (index: number): string => `body ${index} `.repeat(1 + (index % 50))

function requestText(index: number, post: boolean): string {
  if (!post) return `GET ${path(index)} HTTP/1.1\r\nHost: localhost\r\n\r\n`
  const head = `POST ${path(index)} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n`
  return `${head}Content-Length: ${body(index).length}\r\n\r\n${body(index)}`
}

function segments(texts: readonly string[], { cut, cuts }: Pipeline): string[] {
  const whole = texts.join('')
  const starts = texts.map((_, index) => texts.slice(0, index).join('').length)
  const points = {
    'one segment': [],
    'one for each request': starts,
    'within each head': starts.map((start) => start + 17),
    anywhere: cuts.map((cut) => cut % Math.max(1, whole.length)),
  }[cut]
  const ends = [...points, whole.length].sort((a, b) => a - b)
  return ends.map((end, index) => whole.slice(ends[index - 1] ?? 0, end)).filter((text) => text !== '')
}

/** Sends each segment apart: the server, in this process, has its turn in between. */
async function sendAll(client: RawClient, parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    client.send(part)
    await setImmediate()
    await setImmediate()
  }
}

async function holds(app: App, pipeline: Pipeline): Promise<void> {
  const { place, limit, posts, handler, ranks } = pipeline
  const depth = posts.length
  // A bare TLS server of Node destroys a connection whose pipeline it has to pause ("Parse Error: Paused").
  const size = app.secure ? 0 : pipeline.size
  const sentFirst = size > 0 ? depth : pipeline.sentFirst
  const answeredFirst = size > 0 ? 0 : pipeline.answeredFirst
  const expected = Math.min(depth, limit)
  const handled: number[] = []
  const arrived = new Gate()
  const unanswered = new Map<number, () => void>()
  const answering = (path: string, posted: string): string | Promise<string> => {
    const index = Number(path.slice('/answer/'.length))
    const text = textOf(path, posted, size)
    handled.push(index)
    arrived.notify()
    if (handler === 'at once') return text
    return new Promise((resolve) => {
      if (handler === 'next tick') process.nextTick(resolve, text)
      else unanswered.set(index, () => resolve(text))
    })
  }
  /** Answers as many in the order of their ranks, and lets each get to the socket. */
  const answerNext = async (count: number): Promise<void> => {
    const order = [...unanswered.keys()].sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0))
    for (const index of order.slice(0, count)) {
      unanswered.get(index)?.()
      unanswered.delete(index)
      await setImmediate()
    }
  }
  const options = { maxRequestsPerConnection: limit, jitter: 0 }
  await serving(app, { options, answering, ...places[place] }, async ({ connect, keel, closed }) => {
    const client = await connect()
    const texts = posts.map((post, index) => requestText(index, post))
    if (handler === 'in any order') {
      await sendAll(client, segments(texts.slice(0, sentFirst), pipeline))
      await arrived.until(() => handled.length >= Math.min(sentFirst, limit))
      await answerNext(answeredFirst)
      await sendAll(client, segments(texts.slice(sentFirst), pipeline))
      if (unanswered.size > 0 || limit > sentFirst) {
        await arrived.until(() => handled.length >= expected)
        await answerNext(depth)
      }
    } else {
      await sendAll(client, segments(texts, pipeline))
    }
    const responses: RawResponse[] = []
    while (responses.length < expected) responses.push(await client.response())
    if (limit > depth) client.socket.end()
    assert.equal(await client.ended, 'fin')
    // The server has read everything by then, so that a request which is handed over late shows as well.
    await closed(1)
    assert.equal(client.rest, '')
    assert.deepEqual(
      responses.map((response) => response.body),
      posts.slice(0, expected).map((post, index) => textOf(path(index), post ? body(index) : '', size)),
    )
    assert.deepEqual(
      responses.map(isMarked),
      responses.map((_, index) => index === limit - 1),
    )
    assert.deepEqual(
      [...handled].sort((a, b) => a - b),
      [...Array(expected).keys()],
    )
    const { connections, totals } = keel().snapshot()
    assert.equal(connections.total, 0)
    assert.deepEqual([totals.opened, totals.closed, totals.requests], [1, 1, expected])
  })
}

/** A pipeline whose connection is retired while it is in flight. */
interface Aged {
  /** What retires it. */
  readonly reason: 'max-age' | 'manual'
  /** Its age when the requests arrive. */
  readonly age: number
  /** One for each request in flight then: whether its headers are sent already. */
  readonly sent: readonly boolean[]
  readonly ranks: readonly number[]
  /** How many more the client sends before, and after, the first of them is answered. */
  readonly before: number
  readonly after: number
}

const aged: fc.Arbitrary<Aged> = fc.record({
  reason: fc.constantFrom('max-age', 'manual'),
  age: fc.constantFrom(0, 599_000),
  sent: fc.array(fc.boolean(), { minLength: 1, maxLength: 16 }),
  ranks: fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
  before: fc.nat(3),
  after: fc.nat(3),
})

async function ends(app: App, { reason, age, sent, ranks, before, after }: Aged): Promise<void> {
  const clock = new FakeClock()
  const responses: ServerResponse[] = []
  const arrived = new Gate()
  let holding = true
  const finish = (index: number): void => {
    responses[index]?.end(`${index}`.padStart(3))
  }
  const own = (_: unknown, response: ServerResponse): void => {
    const index = responses.push(response) - 1
    response.setHeader('Content-Length', 3)
    if (sent[index]) response.flushHeaders()
    if (!holding) finish(index)
    arrived.notify()
  }
  const options = { maxConnectionAge: 600_000, jitter: 0, clock }
  await serving(app, { options, own }, async ({ connect, keel, closed }) => {
    const client = await connect()
    let requests = 0
    const send = (count: number): void => {
      for (let one = 0; one < count; one++) {
        requests++
        client.send(`GET /own/${requests} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
      }
    }
    clock.advance(age)
    send(sent.length)
    await arrived.until(() => responses.length === sent.length)
    if (reason === 'max-age') clock.advance(600_000)
    else keel().retire(client.key)
    send(before)
    await arrived.until(() => responses.length === sent.length + before)
    const order = responses.map((_, index) => index).sort((a, b) => (ranks[a] ?? a) - (ranks[b] ?? b))
    for (const [turn, index] of order.entries()) {
      finish(index)
      await setImmediate()
      if (turn === 0) {
        holding = false
        send(after)
      }
    }
    const answered: RawResponse[] = []
    for (;;) {
      const response = await client.response()
      answered.push(response)
      if (isMarked(response)) break
      // Every header was sent before the age came: the next request is the last.
      if (answered.length === requests) send(1)
    }
    assert.equal(await client.ended, 'fin')
    await closed(1)
    assert.equal(client.rest, '')
    assert.deepEqual(
      answered.map((response) => Number(response.body)),
      [...responses.keys()],
    )
    const { connections, totals } = keel().snapshot()
    assert.equal(connections.total, 0)
    assert.equal(totals.requests, responses.length)
    assert.equal(totals.retired[reason], 1)
  })
}
