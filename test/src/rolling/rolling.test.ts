import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'

const demo = join(import.meta.dirname, '../../../examples/rolling-deploy/dist/demo.js')

const rounds = 8
const requests = 40_000
const window = 2_000

interface Run {
  readonly restarts: readonly {
    readonly connections: number
    readonly departures: readonly number[]
    readonly busiest: number
    readonly report?: object
  }[]
  readonly traffic: {
    readonly requests: number
    readonly failed: readonly number[]
    readonly failures: Readonly<Record<string, number>>
  }
  readonly account: {
    readonly executedOnce: number
    readonly executedTwice: number
    readonly neverExecuted: number
  }
}

/** The example, with each of its four servers restarted twice; no client pauses for longer than `quiet`. */
async function rollingDeploy(): Promise<{ bare: Run; withKeel: Run }> {
  const options = {
    servers: 4,
    connections: 800,
    restarts: rounds,
    'bare-restarts': 2,
    within: window,
    quiet: 5_000,
    requests,
    // Half of the usual load: the count of requests is reached by the last round, and one core has room for others.
    pause: 12,
  }
  const parameters = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  const output = await new Promise<string>((resolve, reject) => {
    const buffers = { maxBuffer: 64 * 1024 * 1024 }
    // Its exit code tells what it makes of the figures; here they are judged by themselves.
    const child = execFile(process.execPath, [demo, ...parameters, '--json'], buffers, (error, stdout) => {
      if (stdout === '') reject(error ?? new Error('no output'))
      else resolve(stdout)
    })
    child.stderr?.pipe(process.stderr)
  })
  const [bare, withKeel] = (JSON.parse(output) as { runs: [Run, Run] }).runs
  return { bare, withKeel }
}

/** Of the rounds from the fifth on: the connections have come back to the servers by then. */
function settled({ restarts }: Run): Run['restarts'] {
  return restarts.slice(4)
}

/** The busiest tenth over its fair part, with all windows laid over each other, each with the same weight. */
function busiestOfAll(restarts: Run['restarts']): number {
  const tenths: number[] = []
  for (const { departures } of restarts) {
    const all = departures.reduce((sum, count) => sum + count, 0)
    for (const [tenth, count] of departures.entries()) tenths[tenth] = (tenths[tenth] ?? 0) + count / all
  }
  return (10 * Math.max(...tenths)) / restarts.length
}

/** What a quarter of them do not exceed: those rounds in which the machine did not stand still for a tenth. */
function lowerQuartile(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? Number.NaN
}

describe('four servers behind a layer-4 balancer, each restarted twice under load', () => {
  let bare: Run
  let withKeel: Run

  before(async () => {
    ;({ bare, withKeel } = await rollingDeploy())
  })

  it('lose no request of 40,000, and execute every one once', (t) => {
    const { traffic, account, restarts } = withKeel
    t.diagnostic(JSON.stringify({ ...account, restarts: restarts.map(({ report }) => report) }))
    assert.equal(withKeel.restarts.length, rounds)
    assert.ok(traffic.requests >= requests, `only ${traffic.requests} requests`)
    assert.deepEqual(traffic.failures, {})
    assert.deepEqual(account, { executedOnce: traffic.requests, executedTwice: 0, neverExecuted: 0 })
  })

  it('lose some without Even Keel, in 2 restarts', (t) => {
    t.diagnostic(JSON.stringify(bare.traffic.failures))
    assert.ok(bare.traffic.failed.length > 0, `none of ${bare.traffic.requests}`)
  })

  it('spread the departures of 200 connections and more: a tenth of the window takes at most twice its part', (t) => {
    const restarts = settled(withKeel)
    t.diagnostic(restarts.map(({ departures }) => departures.join(' ')).join(', '))
    const connections = Math.min(...restarts.map((restart) => restart.connections))
    assert.ok(connections >= 200, `a server had only ${connections} connections`)
    const undisturbed = lowerQuartile(restarts.map(({ busiest }) => busiest))
    assert.ok(undisturbed <= 2, `the busiest tenth of one window took ${undisturbed} times its part`)
    const busiest = busiestOfAll(restarts)
    assert.ok(busiest <= 2, `the busiest tenth of all windows took ${busiest} times its part`)
  })

  it('lose four of five of them at once without Even Keel', (t) => {
    t.diagnostic(bare.restarts.map(({ departures }) => departures.join(' ')).join(', '))
    for (const { connections, departures } of bare.restarts) {
      // One moment, but the end of a tenth can be in it.
      const atOnce = Math.max(...departures.map((count, tenth) => count + (departures[tenth + 1] ?? 0)))
      assert.ok(atOnce / connections > 0.8, `${atOnce} of ${connections}`)
    }
  })
})
