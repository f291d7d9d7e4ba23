import { createCounter } from '@evenkeel/node'
import { Bench } from 'tinybench'
import { budgets, type Verdict, verdict } from './budgets.js'
import { byHand } from './by-hand.js'
import { limits } from './servers/hello.js'

/** What one step came to, in nanoseconds. */
export interface CountResult {
  readonly name: string
  readonly median: number
  /** Three of four passes over all connections were at most this. */
  readonly p75: number
  /** None for what is only there to compare with. */
  readonly verdict: Verdict | undefined
}

/** How many connections take turns: more than the processor's nearest cache holds. */
const connections = 5_000

/** Where every result goes, so that the compiler may leave none out. */
const sink: { value: unknown } = { value: undefined }

/** The time of one count, beside that of what it cannot do without. Each sample is a pass over all connections. */
export async function measureCount(progress: (step: string) => void): Promise<CountResult[]> {
  const keys = Array.from({ length: connections }, (_, i) => `10.0.${i >> 8}.${i & 255}:${32_768 + i}`)
  const counter = createCounter(limits)
  const bench = new Bench({ time: 1_000, warmupTime: 500 })
    .add('empty loop', () => {
      for (const key of keys) sink.value = key
    })
    .add('performance.now()', () => {
      for (const _ of keys) sink.value = performance.now()
    })
    .add('counter.hit(key)', () => {
      for (const key of keys) sink.value = counter.hit(key)
    })
    .add('request by hand, bare', byHand(connections, false))
    .add('request by hand, attached', byHand(connections, true))
  progress('the cost of one count')
  await bench.run()
  return bench.tasks.map(({ name, result }) => {
    if (result.state !== 'completed') throw new Error(`${name}: ${result.state}`)
    const median = perConnection(result.latency.p50)
    const p75 = perConnection(result.latency.p75)
    return {
      name,
      median,
      p75,
      verdict: name === 'counter.hit(key)' ? verdict(median, budgets.count) : undefined,
    }
  })
}

/** From milliseconds for all connections to nanoseconds for one. */
function perConnection(milliseconds: number): number {
  return (milliseconds * 1e6) / connections
}
