import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { isMarked } from '../serving.js'
import { running, ways } from './program.js'
import type { LimitsLine } from './programs/limits.js'

/** No limit but the one that a test is about. */
const unlimited = { MAX_REQUESTS_PER_CONNECTION: 'Infinity', MAX_CONNECTION_AGE: 'Infinity', JITTER: '0' }

describe('EVENKEEL_ variables', () => {
  for (const way of ways) {
    it(`are the limits of a server, loaded by --${way}`, () =>
      withLimits(
        {
          MAX_REQUESTS_PER_CONNECTION: '200',
          MAX_CONNECTION_AGE: '5m',
          MAX_CONNECTION_AGE_GRACE: '30000',
          JITTER: '0.5',
          IDLE_TIMEOUT: '90s',
          TUNE_TIMEOUTS: 'false',
          EXEMPT: '/health',
        },
        async (_client, { limits }) => {
          assert.equal(limits.maxRequestsPerConnection, 200)
          assert.equal(limits.maxConnectionAge, 300_000)
          assert.equal(limits.maxConnectionAgeGrace, 30_000)
          assert.equal(limits.jitter, 0.5)
          assert.equal(limits.idleTimeout, 90_000)
          assert.equal(limits.tuneTimeouts, false)
        },
        way,
      ))
  }

  it('are 1000 requests, 5 minutes and a jitter of 0.2 when none is set, or set to nothing', () =>
    withLimits({ MAX_REQUESTS_PER_CONNECTION: '', IDLE_TIMEOUT: '' }, async (_client, { limits }) => {
      assert.equal(limits.maxRequestsPerConnection, 1000)
      assert.equal(limits.maxConnectionAge, 300_000)
      assert.equal(limits.maxConnectionAgeGrace, 'Infinity')
      assert.equal(limits.jitter, 0.2)
      assert.equal(limits.tuneTimeouts, false)
    }))

  it('MAX_CONNECTION_AGE of 20ms marks a response, whatever their number', () =>
    withLimits({ ...unlimited, MAX_CONNECTION_AGE: '20ms' }, async (client) => {
      // Without an age this would never end.
      while (!isMarked(await client.request('/'))) {}
      assert.equal(await client.ended, 'fin')
    }))

  it('MAX_CONNECTION_AGE_GRACE of 1 ms cuts a request that is never answered', () =>
    withLimits(
      { ...unlimited, MAX_CONNECTION_AGE: '1ms', MAX_CONNECTION_AGE_GRACE: '1ms' },
      async (client) => {
        client.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
        await client.ended
        assert.equal(client.rest, '')
      },
    ))

  it('JITTER of 0.9 lets connections serve from 4 to 40 requests, and not all of them the same', () =>
    withLimits({ MAX_REQUESTS_PER_CONNECTION: '40', JITTER: '0.9' }, async (_client, { port }) => {
      const lengths = await Promise.all(Array.from({ length: 20 }, () => lengthOf(port)))
      for (const length of lengths) assert.ok(length >= 4 && length <= 40, `one served ${length}`)
      assert.ok(new Set(lengths).size > 1, `all served ${lengths[0]}`)
    }))

  it('IDLE_TIMEOUT of 90s tells clients 85 seconds', () =>
    withLimits({ IDLE_TIMEOUT: '90s' }, async (client) => {
      assert.equal((await client.request('/')).headers.get('keep-alive'), 'timeout=85')
    }))

  it("TUNE_TIMEOUTS of true tells clients the default's 60 seconds", () =>
    withLimits({ TUNE_TIMEOUTS: 'true' }, async (client) => {
      assert.equal((await client.request('/')).headers.get('keep-alive'), 'timeout=60')
    }))

  it("TUNE_TIMEOUTS of false leaves the server's 5 seconds, whatever IDLE_TIMEOUT is", () =>
    withLimits({ IDLE_TIMEOUT: '90s', TUNE_TIMEOUTS: 'false' }, async (client) => {
      assert.equal((await client.request('/')).headers.get('keep-alive'), 'timeout=5')
    }))

  it('EXEMPT leaves two paths out of a count of 2, with a query too', () =>
    withLimits(
      { ...unlimited, MAX_REQUESTS_PER_CONNECTION: '2', EXEMPT: '/health, /ready' },
      async (client) => {
        const marks = []
        for (const path of ['/health', '/ready?from=probe', '/health/x', '/health', '/']) {
          marks.push(isMarked(await client.request(path)))
        }
        assert.deepEqual(marks, [false, false, false, false, true])
      },
    ))
})

/** Starts a program with these variables and connects to it. */
function withLimits(
  options: Readonly<Record<string, string>>,
  test: (client: RawClient, line: LimitsLine) => Promise<void>,
  way: (typeof ways)[number] = 'import',
): Promise<void> {
  return running<LimitsLine>('limits.js', { way, options }, async (line) => {
    const client = await RawClient.connect({ port: line.port })
    try {
      await test(client, line)
    } finally {
      client.close()
    }
  })
}

async function lengthOf(port: number): Promise<number> {
  const client = await RawClient.connect({ port })
  let length = 1
  while (!isMarked(await client.request('/'))) length++
  return length
}
