import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeFleet, judgeReopened } from './fleet-verdict.js'
import { planRun } from './plan.js'
import { sampleFleet, sampleRun } from './sample.js'

const plan = planRun({ servers: 4, seconds: 30 })

test('at 2,400 requests for each server, 1.17 of the mean is even and 1.18 is not', () => {
  const judge = (hottest: number): boolean =>
    judgeFleet(plan, sampleRun({ act: 'fleet', judged: [hottest, 2400, 2400, 4800 - hottest] })).good
  assert.equal(judge(2808), true)
  assert.equal(judge(2832), false)
})

test('a run of 5 seconds is too short for a fleet: nothing is judged, and the length is told that is not', () => {
  const short = planRun({ servers: 4, seconds: 5 })
  const { good, sentence, cure } = judgeFleet(
    short,
    sampleRun({ act: 'fleet', judged: [900, 900, 100, 100] }),
  )
  assert.deepEqual(
    { good, sentence, cure },
    {
      good: true,
      sentence: 'With a fleet, the load was still evening out: 0.20 to 1.80 of the mean.',
      cure: 'It takes about 20 seconds, and has 3 here: give --seconds 30 or more.',
    },
  )
  assert.match(
    judgeFleet(planRun({ servers: 4, seconds: 30 }), sampleRun({ judged: [1, 1, 1, 1] })).sentence,
    /its share/,
  )
})

test('an uneven fleet says what its servers know of it', () => {
  const status = {
    members: 4,
    load: 480,
    total: 1920,
    fair: 480,
    surplus: 0,
    weight: 1,
    shed: 9,
    returned: 9,
  }
  const statuses = (['sticky', 'even'] as const).map((state) => ({ ...status, state }))
  const { cure } = judgeFleet(plan, sampleFleet({ judged: [9000, 200, 200, 200], statuses }))
  assert.equal(cure, 'At the end its servers said: sticky, even.')
})

test('half of the connections that a limit has opened again are few enough, one more is not', () => {
  const judge = (limit: number, fleet: number): boolean =>
    judgeReopened(plan, sampleRun({ opened: limit }), sampleRun({ opened: fleet })).good
  assert.deepEqual([judge(80 + 200, 80 + 100), judge(80 + 200, 80 + 101)], [true, false])
})

test('where a limit had no connection opened again, no part is told', () => {
  const { sentence } = judgeReopened(plan, sampleRun({ opened: 80 }), sampleRun({ opened: 81 }))
  assert.equal(sentence, 'With a fleet, clients had to connect again 1 times; with a limit, 0 times.')
})
