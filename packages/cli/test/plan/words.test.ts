import assert from 'node:assert/strict'
import { it } from 'node:test'
import { percent, roundDuration, short, tellDuration } from '#cli/plan/words'

it('durations are told as people say them', () => {
  const told = [840, 9_940, 54_321, 119_600, 270_000, 3_236_000, 3_600_000, 4_320_000].map(tellDuration)
  assert.deepEqual(told, ['0.8 s', '9.9 s', '54 s', '2 min', '4 min 30 s', '54 min', '1 h', '1 h 12 min'])
})

it('durations are written as an argument has them', () => {
  assert.deepEqual([500, 45_000, 120_000].map(roundDuration), ['500ms', '45s', '2m'])
})

it('numbers have three digits, and parts are percents', () => {
  assert.deepEqual([0, 0.0123, 0.5, 7.526, 55.27, 12_345].map(short), [
    '0',
    '0.012',
    '0.5',
    '7.53',
    '55.3',
    '12,345',
  ])
  assert.deepEqual([0, 0.00001, 0.0026, 0.5].map(percent), ['0 %', '< 0.01 %', '0.26 %', '50 %'])
})
