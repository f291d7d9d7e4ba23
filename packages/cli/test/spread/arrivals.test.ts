import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findArrivals, waited } from '#cli/spread/watch/arrivals'
import { tellWaits } from '#cli/spread/watch/findings'
import type { Second } from '#cli/spread/watch/second'

function second(kept: Record<string, number>, ...fresh: string[]): Second {
  const names = Object.entries(kept).flatMap(([name, count]) => new Array<string>(count).fill(name))
  return { kept: names, fresh, reopened: 0, failed: 0 }
}

const known = ['a', 'b']
const before = second({ a: 30, b: 30 }, 'a')

describe('a new server that is watched', () => {
  it('waits for 4 s after a new connection has found it, until kept ones bring it 10 of 60 requests', () => {
    const seconds = [
      before,
      second({ a: 30, b: 30 }, 'c'),
      second({ a: 30, b: 30 }, 'c'),
      second({ a: 29, b: 29, c: 2 }),
      second({ a: 26, b: 25, c: 9 }),
      second({ a: 25, b: 25, c: 10 }),
    ]
    const [arrival = assert.fail()] = findArrivals(known, seconds)
    assert.deepEqual(arrival, { server: 'c', seen: 2, reached: 4, shared: 6, requests: 21, of: 300 })
    assert.equal(waited(arrival, seconds.length), 4)
    const [finding] = tellWaits(known, seconds)
    assert.match(finding?.verdict ?? '', /only after 4 seconds/)
    assert.equal(finding?.level, 'bad')
  })

  it('still waits after 5 s, with none of 300 requests', () => {
    const seconds = [before, ...new Array<Second>(5).fill(second({ a: 30, b: 30 }, 'c'))]
    const [finding] = tellWaits(known, seconds)
    assert.match(finding?.seen ?? '', /0 of 300 requests/)
    assert.match(finding?.verdict ?? '', /still waits .*5 seconds/)
    assert.equal(finding?.level, 'bad')
  })

  it('is fine with its share in the second in which it comes', () => {
    const [finding] = tellWaits(known, [before, second({ a: 20, b: 20, c: 20 })])
    assert.match(finding?.verdict ?? '', /after 0 seconds/)
    assert.equal(finding?.level, 'fine')
  })

  it('is not there, where only known ones answer', () => {
    assert.deepEqual(findArrivals(known, [before, before]), [])
    const [finding] = tellWaits(known, [before, before])
    assert.match(finding?.seen ?? '', /none came within 2 seconds/)
    assert.equal(finding?.level, 'unknown')
  })

  it('is no matter for 3 requests without an answer, which are bad', () => {
    const [, failures] = tellWaits(known, [before, { ...before, failed: 3 }])
    assert.deepEqual([failures?.level, failures?.seen], ['bad', '3 requests without an answer meanwhile'])
  })
})
