import assert from 'node:assert/strict'
import { it } from 'node:test'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { OneOfMany } from './one-of-many.js'

const servers = 4

/** Requests of many clients in an interval, at random: how many events of a Poisson process with that mean. */
function arrivals(mean: number, uniform: () => number): number {
  const pause = () => -Math.log(uniform())
  let count = 0
  for (let passed = pause(); passed < mean; passed += pause()) count++
  return count
}

for (const rate of [2, 20, 200]) {
  it(`four even servers with ${rate} requests per second each shed nothing within 10,000 ticks by chance`, () => {
    const generator = xoroshiro128plus(rate)
    const uniform = () => ((generator.next() >>> 0) + 1) / (2 ** 32 + 1)
    const fleet = Array.from({ length: servers }, () => new OneOfMany())
    const connections = fleet.map((one) => Array.from({ length: 4 }, () => one.open(0)))
    for (let tick = 1; tick <= 10_000; tick++) {
      for (const each of connections.flat()) each.transport = arrivals(rate / 4, uniform)
      for (const one of fleet) {
        const rest = fleet.filter((other) => other !== one)
        // Before their first tick the others report what they will.
        const load = rest.reduce((sum, { member }) => sum + (tick > 1 ? member.status.load : rate), 0)
        one.others = { load, weight: servers - 1, members: servers - 1 }
        assert.deepEqual(one.tick(), [], `in tick ${tick}`)
      }
    }
  })
}
