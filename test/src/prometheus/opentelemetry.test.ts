import assert from 'node:assert/strict'
import { channel } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, createServer as createHttp2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { evenkeel } from '@evenkeel/express'
import { attach, channelNames, type Keel, Keels, OptionError } from '@evenkeel/node'
import { collect } from '@evenkeel/prometheus'
import { instrument } from '@evenkeel/prometheus/opentelemetry'
import { nextClose } from '@evenkeel/test-kit/closes'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import { listening } from '@evenkeel/test-kit/listening'
import { diag, metrics } from '@opentelemetry/api'
import type { Histogram } from '@opentelemetry/sdk-metrics'
import createExpress from 'express'
import { plain } from '../apps/plain.js'
import { serving } from '../serving.js'
import { reading } from './reading.js'
import { stepsIn, valuesIn, watched } from './scrape.js'

const nonZero = (values: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== 0))

describe('OpenTelemetry', { timeout: 20_000 }, () => {
  it('has the numbers of a scrape for Prometheus, under the names of the conventions', () => {
    const clock = new FakeClock()
    const options = { maxRequestsPerConnection: 2, jitter: 0, maxConnections: 50, clock }
    return serving(plain, { options }, async ({ keel, connect, closed }) => {
      const { meterProvider, read } = reading()
      const stop = instrument(keel(), { meterProvider })
      const register = collect(keel())
      const full = await connect()
      await full.request('/ok')
      clock.advance(2_000)
      await full.request('/ok')
      await full.ended
      const leaving = await connect()
      await leaving.request('/ok')
      clock.advance(65_000)
      leaving.close()
      await closed(2)
      const staying = await connect()
      await staying.request('/ok')

      const { values, histograms, units } = await read()
      assert.deepEqual(nonZero(values), {
        'evenkeel.connection.count http.connection.state=idle': 1,
        'evenkeel.connection.opened': 3,
        'evenkeel.connection.closed evenkeel.reason=max-requests evenkeel.closed_by=server': 1,
        'evenkeel.connection.closed evenkeel.reason=none evenkeel.closed_by=client': 1,
        'evenkeel.connection.retired evenkeel.reason=max-requests': 1,
        'evenkeel.connection.idle_closed evenkeel.closed_by=client': 1,
        'evenkeel.requests': 4,
        'evenkeel.connection.max': 50,
        'evenkeel.ready': 1,
      })
      const protocol = 'network.protocol.name=http network.protocol.version=1.1'
      const pairs: readonly [string, string][] = [
        ['evenkeel.connection.requests', 'evenkeel_requests_per_connection'],
        ['evenkeel.connection.duration', 'evenkeel_connection_age_at_close_seconds'],
        ['evenkeel.connection.idle_time', 'evenkeel_connection_idle_at_close_seconds'],
      ]
      const text = await register.metrics()
      for (const [name, histogram] of pairs) {
        const value = histograms[`${name} ${protocol}`]
        assert.equal(value?.count, valuesIn(text).get(`${histogram}_count`))
        assert.equal(value?.sum, valuesIn(text).get(`${histogram}_sum`))
        assert.deepEqual(steps(value), stepsIn(text, histogram))
      }
      assert.equal(units['evenkeel.connection.count'], '{connection}')
      assert.equal(units['evenkeel.connection.duration'], 's')
      assert.equal(units['evenkeel.requests'], '{request}')
      staying.close()
      stop()
    })
  })

  it('records the closes of servers that an application meets with their first requests', async () => {
    const middleware = evenkeel()
    const app = createExpress()
    app.use(middleware)
    app.get('/ok', (_request, response) => void response.send('ok'))
    const { meterProvider, read } = reading()
    const stop = instrument({ shop: middleware.keels }, { meterProvider, attributes: { zone: 'a' } })
    assert.equal((await read()).values['evenkeel.ready zone=a evenkeel.server=shop'], undefined)
    for (const _ of ['one server', 'another']) {
      await listening(createServer(app), async ({ connect }) => {
        const client = await connect()
        await client.request('/ok', { headers: 'Connection: close\r\n' })
        await client.ended
      })
    }
    const { values, histograms } = await read()
    assert.equal(values['evenkeel.ready zone=a evenkeel.server=shop'], undefined)
    const key = 'zone=a evenkeel.server=shop network.protocol.name=http network.protocol.version=1.1'
    assert.equal(histograms[`evenkeel.connection.requests ${key}`]?.count, 2)
    stop()
  })

  it('stops when it is told: nothing is read, nothing recorded, no listener left', () =>
    serving(plain, { options: {} }, async ({ keel, connect, closed }) => {
      const { calls, keel: counted } = watched(keel())
      const { meterProvider, read } = reading()
      const stop = instrument(new Set([counted]), { meterProvider })
      const snapshots = (): number => calls.filter((call) => call === 'snapshot').length
      await read()
      assert.equal(snapshots(), 1)
      const user = await connect()
      await user.request('/ok')
      assert.equal(snapshots(), 1, 'nothing is read in between')
      assert.equal(channel(channelNames.open).hasSubscribers, true)
      stop()
      assert.equal(channel(channelNames.open).hasSubscribers, false)
      user.close()
      await closed(1)
      const { histograms } = await read()
      assert.equal(snapshots(), 1)
      assert.deepEqual(histograms, {})
      assert.deepEqual(
        [calls.filter((call) => call === 'on'), calls.filter((call) => call === 'off')],
        [['on'], ['off']],
      )
    }))

  it('records the closes of a server from when it is given until it is no longer', () =>
    serving(plain, { options: {} }, async ({ keel, connect, closed }) => {
      const { meterProvider, read } = reading()
      const keels = new Set<Keel>()
      const stop = instrument(keels, { meterProvider })
      const users = [await connect(), await connect(), await connect()]
      for (const user of users) await user.request('/ok')
      const counts: (number | undefined)[] = []
      for (const [index, user] of users.entries()) {
        if (index === 1) keels.add(keel())
        if (index === 2) keels.clear()
        await read()
        user.close()
        await closed(index + 1)
        const { histograms } = await read()
        counts.push(Object.values(histograms).find(({ buckets }) => buckets.boundaries[0] === 1)?.count)
      }
      assert.deepEqual(counts, [undefined, 1, 1])
      stop()
    }))

  it('tells sessions of HTTP/2 apart by the version of their protocol', async () => {
    const server = createHttp2Server((_request, response) => void response.end('ok')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const keel = attach(server)
    const { meterProvider, read } = reading()
    const stop = instrument(keel, { meterProvider })
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    await once(session.request().resume().end(), 'end')
    const closed = nextClose(keel)
    session.close()
    await closed
    const key = 'evenkeel.connection.requests network.protocol.name=http network.protocol.version=2'
    assert.equal((await read()).histograms[key]?.sum, 1)
    stop()
    server.close()
    await once(server, 'close')
  })

  it('does not export what has no end as a number', async () => {
    const warnings: unknown[] = []
    const warn = (...words: unknown[]): number => warnings.push(words)
    diag.setLogger({ ...console, verbose() {}, warn })
    const { meterProvider, read } = reading()
    const stop = instrument(attach(createServer()), { meterProvider })
    try {
      assert.equal((await read()).values['evenkeel.connection.max'], undefined)
      assert.deepEqual(warnings, [])
    } finally {
      diag.disable()
      stop()
    }
  })

  it('uses the global provider, or a meter that is given', async () => {
    const { meterProvider, read } = reading()
    metrics.setGlobalMeterProvider(meterProvider)
    try {
      const stop = instrument(new Keels())
      assert.equal((await read()).values['evenkeel.requests'], 0)
      stop()
    } finally {
      metrics.disable()
    }
    const given = reading()
    const stop = instrument(attach(createServer()), {
      meter: given.meterProvider.getMeter('@evenkeel/prometheus'),
    })
    assert.equal((await given.read()).values['evenkeel.ready'], 1)
    stop()
  })

  it('does nothing without a provider', () => {
    instrument(attach(createServer()))()
  })

  const mistakes: readonly [string, () => unknown, RegExp][] = [
    ['no source', () => instrument(undefined as never), /^source is undefined: give what attach\(\) returns/],
    [
      'no provider',
      () => instrument([], { meterProvider: 1 as never }),
      /^meterProvider is 1: give a MeterProvider/,
    ],
    ['no meter', () => instrument([], { meter: {} as never }), /^meter is an object: give what getMeter\(\)/],
    [
      'no attributes',
      () => instrument([], { attributes: [] as never }),
      /^attributes is an array: give an object/,
    ],
  ]
  for (const [what, mistake, message] of mistakes) {
    it(`refuses ${what}, and says what to give`, () => {
      assert.throws(mistake, (error) => error instanceof OptionError && message.test(error.message))
    })
  }
})

/** Bounds and cumulative counts of a histogram, where they change. */
function steps(histogram: Histogram | undefined): [string, number][] {
  const { boundaries, counts } = histogram?.buckets ?? { boundaries: [], counts: [] }
  let below = 0
  return counts.flatMap((count, index) => {
    below += count
    return count === 0 ? [] : [[String(boundaries[index] ?? '+Inf'), below] as [string, number]]
  })
}
