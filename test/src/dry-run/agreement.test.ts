import assert from 'node:assert/strict'
import { describe } from 'node:test'
import fc from 'fast-check'
import { kinds } from '../drain/http2-serving.js'
import { it } from '../wire/it.js'
import { type Outcome, type Step, type Visit, visit, visitHttp2 } from './visiting.js'

const plainHttp2 = kinds.find(({ secure }) => !secure) ?? assert.fail()

const asks = (client: number, pause = 0): Step => ({ client, pause, what: 'asks' })

/** So many rounds in which each of so many clients asks once. */
function rounds(count: number, clients: number, pause: number): Step[] {
  return Array.from({ length: count * clients }, (_, step) => asks(step % clients, pause))
}

type Run = (of: Visit) => Promise<Outcome>

/** Both runs have the same clients, the same time and the same draws. */
async function agree(run: Run, of: Visit): Promise<Outcome> {
  const real = await run({ ...of, options: { ...of.options, dryRun: false } })
  const dry = await run({ ...of, options: { ...of.options, dryRun: true } })
  assert.equal(real.refused, 0, 'whom a real server refuses, a dry one serves')
  const { opened: _, ...predicted } = dry
  const { opened: __, ...happened } = real
  assert.deepEqual(predicted, happened)
  return real
}

const http2: Run = (of) => visitHttp2(plainHttp2, of)

describe('a dry run predicts what a real run does, when', () => {
  for (const [name, run] of [
    ['HTTP/1', visit],
    ['HTTP/2', http2],
  ] as const) {
    it(`${name}: 5 clients ask 30 times each, with at most 7 requests for each connection`, async () => {
      const options = { maxRequestsPerConnection: 7, jitter: 0.5 }
      const { retired, opened } = await agree(run, { options, seed: 1, steps: rounds(30, 5, 0) })
      assert.ok(retired['max-requests'] >= 20, `${retired['max-requests']} retired`)
      assert.ok(opened >= retired['max-requests'], 'who is told to leave comes back')
    })

    it(`${name}: 3 clients ask 30 times each with pauses, and connections may be 5 000 ms old`, async () => {
      const options = { maxConnectionAge: 5_000, jitter: 0.5 }
      const { retired } = await agree(run, { options, seed: 2, steps: rounds(30, 3, 250) })
      assert.ok(retired['max-age'] >= 9, `${retired['max-age']} retired`)
    })

    it(`${name}: 6 clients take turns in 4 places`, async () => {
      const options = { maxConnections: 4, quietGuard: 100 }
      const { retired } = await agree(run, { options, seed: 3, steps: rounds(10, 6, 150) })
      assert.ok(retired.evicted >= 30, `${retired.evicted} retired`)
    })

    it(`${name}: some requests are exempt`, async () => {
      const steps = rounds(30, 3, 10).map(
        (step, index): Step => (index % 4 === 0 ? { ...step, what: 'asks for what is exempt' } : step),
      )
      const path = { maxRequestsPerConnection: 5, jitter: 0.3 }
      const { retired } = await agree(run, { options: path, seed: 4, steps })
      assert.ok(retired['max-requests'] >= 10, `${retired['max-requests']} retired`)
    })
  }

  it('HTTP/1: requests come three at a time', async () => {
    const steps = rounds(20, 3, 10).map((step): Step => ({ ...step, what: 'asks three times' }))
    const options = { maxRequestsPerConnection: 5, jitter: 0.5 }
    const { retired, requests } = await agree(visit, { options, seed: 5, steps })
    assert.equal(requests, 180)
    assert.ok(retired['max-requests'] >= 36, `${retired['max-requests']} retired`)
  })

  it('HTTP/2: sessions are idle for longer than 3 000 ms', async () => {
    const steps = [...rounds(3, 2, 500), asks(0, 5_000), asks(1, 1_000), asks(0, 3_900), asks(1, 6_500)]
    const { retired } = await agree(http2, { options: { idleTimeout: 3_000 }, seed: 6, steps })
    assert.ok(retired['idle-timeout'] >= 4, `${retired['idle-timeout']} retired`)
  })

  for (const [name, run, numRuns] of [
    ['HTTP/1', visit, 30],
    ['HTTP/2', http2, 15],
  ] as const) {
    it(`${name}: ${numRuns} times random clients meet random limits`, () => {
      const what =
        name === 'HTTP/1'
          ? fc.constantFrom<Step['what']>(
              'asks',
              'asks',
              'asks',
              'asks three times',
              'asks for what is exempt',
              'goes',
            )
          : fc.constantFrom<Step['what']>('asks', 'asks', 'asks', 'asks for what is exempt', 'goes')
      const property = fc.asyncProperty(
        fc.record({
          seed: fc.nat(1_000_000),
          steps: fc.array(
            fc.record({ client: fc.nat(4), pause: fc.constantFrom(0, 50, 100, 300, 1_000), what }),
            { maxLength: 40, size: 'max' },
          ),
          options: fc.record({
            maxRequestsPerConnection: fc.constantFrom(1, 2, 5, Infinity),
            maxConnectionAge: fc.constantFrom(700, 3_000, Infinity),
            maxConnections: fc.constantFrom(6, Infinity),
            jitter: fc.constantFrom(0, 0.3, 0.9),
            fairEviction: fc.boolean(),
          }),
        }),
        async (of) => void (await agree(run, of)),
      )
      return fc.assert(property, { numRuns, timeout: 10_000 })
    })
  }
})
