import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { limitsOf } from '#cli/doctor/limits'
import type { AgeSeen } from '#cli/doctor/probes/age'
import type { Used } from '#cli/doctor/probes/requests'
import { slowly, thrice, used } from './used.js'

const cases: readonly [
  name: string,
  quick: readonly Used[],
  slow: AgeSeen | undefined,
  count: object | undefined,
  age: object | undefined,
  end: string | undefined,
][] = [
  ['nothing was looked at', [], undefined, undefined, undefined, undefined],
  [
    'neither 2,000 requests nor 90 s end a connection',
    thrice(used(2_000, undefined, 3_000)),
    slowly(90_000, used(101, undefined, 90_000)),
    undefined,
    undefined,
    undefined,
  ],
  [
    'three connections end at 200 requests, and 90 s end none',
    thrice(used(200, 'said', 300)),
    slowly(90_000, used(101, undefined, 90_000)),
    { least: 200, most: 200 },
    undefined,
    'said',
  ],
  [
    'each connection has its own count',
    [used(163, 'said', 300), used(200, 'said', 300), used(181, 'said', 300)],
    undefined,
    { least: 163, most: 200 },
    undefined,
    'said',
  ],
  [
    'a slow one draws a count below those of the quick ones: that is no age',
    [used(52, 'said', 80), used(60, 'said', 90), used(55, 'said', 85)],
    slowly(90_000, used(48, 'said', 47_000)),
    { least: 52, most: 60 },
    undefined,
    'said',
  ],
  [
    'slow ones end at the count of the quick ones, not at an age',
    thrice(used(20, 'said', 30)),
    slowly(90_000, used(20, 'said', 18_000)),
    { least: 20, most: 20 },
    undefined,
    'said',
  ],
  [
    'slow ones end at 60 s, behind fewer requests than the quick ones that go on',
    thrice(used(2_000, undefined, 3_000)),
    slowly(90_000, used(67, 'said', 60_300, 59_400)),
    undefined,
    { least: 59_400, most: 60_300 },
    'said',
  ],
  [
    'quick ones end at the age of the slow ones, at whatever count that is',
    [used(1_320, 'said', 1_003), used(1_270, 'said', 1_001), used(1_344, 'said', 1_002)],
    slowly(3_000, used(34, 'said', 1_020, 990)),
    undefined,
    { least: 990, most: 1_020 },
    'said',
  ],
  [
    'both are limited: 200 requests and 60 s',
    thrice(used(200, 'said', 300)),
    slowly(90_000, used(67, 'said', 60_300, 59_400)),
    { least: 200, most: 200 },
    { least: 59_400, most: 60_300 },
    'said',
  ],
  [
    'one of three ends without a word',
    [used(200, 'said', 300), used(200, 'silent', 300), used(200, 'refused', 300)],
    undefined,
    { least: 200, most: 200 },
    undefined,
    'silent',
  ],
]

describe('what ends connections in use', () => {
  for (const [name, quick, slow, count, age, end] of cases) {
    it(`is told from counts and ages where ${name}`, () => {
      assert.deepEqual(limitsOf(quick, slow), { count, age, end })
    })
  }
})
