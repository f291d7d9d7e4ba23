import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { describe, it } from 'node:test'
import { attach, createCounter, type Keel, OptionError } from '@evenkeel/node'
import { collect, metricNames } from '@evenkeel/prometheus'
import * as client from 'prom-client'
import { plain } from '../apps/plain.js'
import { serving } from '../serving.js'
import { nonZeroIn, stepsIn, valuesIn, watched } from './scrape.js'

const { AggregatorRegistry, Gauge, Registry } = client
type OpenMetricsContentType = client.OpenMetricsContentType

/** The keel of a server that never listens. */
const unused = (): Keel => attach(createServer(), { maxConnections: 10 })

/** prom-client, loaded once more. */
function otherCopy(): typeof client {
  const require = createRequire(import.meta.url)
  const kept = { ...require.cache }
  for (const file of Object.keys(require.cache)) if (file.includes('prom-client')) delete require.cache[file]
  try {
    return require('prom-client')
  } finally {
    Object.assign(require.cache, kept)
  }
}

describe('collect', { timeout: 20_000 }, () => {
  it('registers in a registry of its own, and has all series at 0 from the start', async () => {
    const register = collect([])
    const values = valuesIn(await register.metrics())
    assert.deepEqual(
      register.getMetricsAsArray().map(({ name }) => name),
      metricNames(),
    )
    assert.equal(client.register.getMetricsAsArray().length, 0, 'nothing in the registry of everybody')
    for (const series of [
      'evenkeel_connections{state="upgraded"}',
      'evenkeel_connections_closed_total{reason="none",closed_by="unknown"}',
      'evenkeel_connections_retired_total{reason="drain"}',
      'evenkeel_connections_idle_closed_total{closed_by="server"}',
      'evenkeel_requests_total',
      'evenkeel_requests_per_connection_bucket{le="+Inf"}',
    ])
      assert.equal(values.get(series), 0, series)
    assert.equal(values.has('evenkeel_ready'), false, 'no server is there that could be ready')
    assert.equal(valuesIn(await collect(unused()).metrics()).get('evenkeel_ready'), 1)
  })

  it('shares a registry with other metrics, and its default labels', async () => {
    const register = new Registry()
    register.setDefaultLabels({ zone: 'a' })
    new Gauge({ name: 'own', help: 'Of the application', registers: [register] }).set(7)
    assert.equal(collect(unused(), { register }), register)
    assert.deepEqual(nonZeroIn(await register.metrics()), {
      'own{zone="a"}': 7,
      'evenkeel_max_connections{zone="a"}': 10,
      'evenkeel_ready{zone="a"}': 1,
    })
    const json = await register.getMetricsAsJSON()
    assert.deepEqual(
      json.find(({ name }) => name === 'evenkeel_ready')?.values.map(({ labels }) => labels),
      [{ zone: 'a' }],
    )
  })

  it('takes a registry of another copy of prom-client', async () => {
    const other = otherCopy()
    assert.notEqual(other.Registry, Registry)
    const register = collect(unused(), { register: new other.Registry() })
    assert.equal(valuesIn(await register.metrics()).get('evenkeel_ready'), 1)
  })

  it('takes a registry of the OpenMetrics kind', async () => {
    const register = new Registry<OpenMetricsContentType>()
    register.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
    const text = await collect(unused(), { register }).metrics()
    assert.match(text, /^# TYPE evenkeel_requests counter\nevenkeel_requests_total 0$/m)
    assert.match(text, /\n# EOF\n$/)
    assert.equal(await register.metrics(), text, 'a second time')
  })

  it('gives names and series the prefix and the labels it is told', async () => {
    const register = collect(
      { public: unused(), admin: unused() },
      { prefix: 'shop_', labels: { app: 'till' } },
    )
    assert.deepEqual(nonZeroIn(await register.metrics()), {
      'shop_max_connections{server="public",app="till"}': 10,
      'shop_max_connections{server="admin",app="till"}': 10,
      'shop_ready{server="public",app="till"}': 1,
      'shop_ready{server="admin",app="till"}': 1,
    })
  })

  it('leaves a registry when its names are taken out, and can come back', async () => {
    const register = collect(unused())
    for (const name of metricNames()) register.removeSingleMetric(name)
    assert.equal((await register.metrics()).trim(), '')
    collect(unused(), { register })
    register.resetMetrics()
    assert.equal(valuesIn(await register.metrics()).get('evenkeel_max_connections'), 10, 'not to be set back')
  })

  it('is aggregated over the workers of a cluster: sums, and ready only if all are', async () => {
    const keel = unused()
    const leaving = Object.create(keel, {
      ready: { value: false },
      limits: { value: keel.limits },
      snapshot: { value: () => keel.snapshot() },
    })
    const workers = await Promise.all([keel, leaving].map((each) => collect(each).getMetricsAsJSON()))
    const text = await AggregatorRegistry.aggregate(workers).metrics()
    assert.deepEqual(nonZeroIn(text), { evenkeel_max_connections: 20 })
    assert.equal(valuesIn(text).get('evenkeel_ready'), 0)
    assert.equal(valuesIn(text).get('evenkeel_requests_per_connection_bucket{le="1"}'), 0)
  })

  it('reads each keel once for each scrape, and asks nothing of it in between', () =>
    serving(plain, { options: {} }, async ({ keel, connect, closed }) => {
      const one = watched(keel())
      const other = watched(unused())
      const register = collect({ one: one.keel, others: [other.keel] })
      assert.deepEqual(one.calls, [])
      const user = await connect()
      for (let request = 0; request < 5; request++) await user.request('/ok')
      user.close()
      await closed(1)
      assert.deepEqual(one.calls, [])
      await register.metrics()
      await register.getMetricsAsJSON()
      for (const { calls } of [one, other]) {
        assert.deepEqual(calls, ['snapshot', 'limits', 'ready', 'snapshot', 'limits', 'ready'])
      }
      await register.getSingleMetricAsString('evenkeel_requests_total')
      assert.equal(one.calls.filter((call) => call === 'snapshot').length, 3)
    }))

  it('adds up keels that come and go, and no counter falls', () =>
    serving(plain, { options: {} }, async ({ keel, connect, closed }) => {
      const keels = new Set<Keel>()
      const register = collect(keels)
      const requests = async (): Promise<unknown> => {
        const values = valuesIn(await register.metrics())
        const of = (name: string): number | undefined => values.get(`evenkeel_${name}`)
        return [of('requests_total'), of('requests_per_connection_count'), of('connections{state="idle"}')]
      }
      const add = async (): Promise<void> => {
        const user = await connect()
        await user.request('/ok')
      }
      assert.deepEqual(await requests(), [0, 0, 0])
      keels.add(keel()).add(unused())
      await add()
      assert.deepEqual(await requests(), [1, 0, 1])
      await add()
      keels.delete(keel())
      assert.deepEqual(await requests(), [2, 0, 0], 'what came since the last scrape counts')
      assert.deepEqual(await requests(), [2, 0, 0])
      const last = await connect()
      await last.request('/ok')
      last.close()
      await closed(1)
      assert.deepEqual(await requests(), [2, 0, 0], 'gone is gone')
      keels.add(keel())
      assert.deepEqual(await requests(), [3, 1, 2], 'what is back counts once')
      assert.deepEqual(stepsIn(await register.metrics(), 'evenkeel_requests_per_connection'), [['1', 1]])
    }))

  it('reads the same keel once where a source names it twice', async () => {
    const keel = unused()
    assert.equal(valuesIn(await collect([keel, keel]).metrics()).get('evenkeel_max_connections'), 10)
  })

  const counter = createCounter()
  const mistakes: readonly [string, () => unknown, RegExp][] = [
    ['no source', () => collect(undefined as never), /^source is undefined: give what attach\(\) returns/],
    ['a middleware', () => collect((() => {}) as never), /^source is a function: .*middleware\.keels/],
    ['no keel', () => collect(counter as never), /^source\.hit is a function: give what attach/],
    [
      'a server',
      () => collect(createServer() as never),
      /^source is an object of class Server: give what attach/,
    ],
    ['an empty object', () => collect({}), /^source is an object: give/],
    [
      'a name without a keel',
      () => collect({ shop: undefined as never }),
      /^source\.shop is undefined: give/,
    ],
    ['what is no keel', () => collect([unused(), 3 as never]), /^source is 3: give an iterable of keels/],
    ['an iterator', () => collect([unused()].values()), /^source is an object.*: give an array or a Set/],
    ['no registry', () => collect([], { register: {} as never }), /^register is an object: give a Registry/],
    ['a prefix with a colon', () => collect([], { prefix: 'a:b' }), /^prefix is "a:b": give letters, digits/],
    ['a list of labels', () => collect([], { labels: [] as never }), /^labels is an array: give an object/],
    ['a label of its own', () => collect([], { labels: { reason: 'x' } }), /^labels\.reason is "x": give it/],
    ['the label server', () => collect([], { labels: { server: 'x' } }), /^labels\.server is "x": give it/],
    ['a label with a dash', () => collect([], { labels: { 'a-b': 'x' } }), /^labels\.a-b is "x": give it/],
    ['a number', () => collect([], { labels: { a: 1 as never } }), /^labels\.a is 1: give a string$/],
    [
      'an unknown option',
      () => collect([], { prefx: '' } as never),
      /^prefx \(""\) is not an option: did you mean prefix\?$/,
    ],
  ]
  for (const [what, mistake, message] of mistakes) {
    it(`refuses ${what}, and says what to give`, () => {
      assert.throws(mistake, (error) => error instanceof OptionError && message.test(error.message))
    })
  }

  it('refuses a registry that has its metrics already, and leaves it as it was', async () => {
    const register = new Registry()
    new Gauge({ name: 'evenkeel_ready', help: 'Another', registers: [register] }).set(5)
    assert.throws(
      () => collect(unused(), { register }),
      /^OptionError: register has a metric with the name "evenkeel_ready" already: collect once with an object/,
    )
    assert.deepEqual(nonZeroIn(await register.metrics()), { evenkeel_ready: 5 })
    collect(unused(), { register, prefix: 'other_' })
  })
})
