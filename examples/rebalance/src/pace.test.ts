import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reconnectsPerSecond, secondsUntilEven } from './pace.js'
import { planRun } from './plan.js'

const plan = planRun({ servers: 4, seconds: 30 })

/** The new servers get one request of a hundred more in each second; 20 connections are opened in each. */
const seconds = Array.from({ length: 30 }, (_, passed) => ({
  second: passed + 1,
  requests: passed < 5 ? [50, 50] : [50 - (passed - 5), 50 - (passed - 5), passed - 5, passed - 5],
  opened: 80 + passed * 20,
}))

test('new servers that gain 2 % a second have 40 % where 50 % is fair 21 seconds after the scale-out', () => {
  assert.equal(secondsUntilEven(plan, { seconds }), 21)
})

test('new servers that take connections 1.5 seconds late are even 19.5 seconds after that', () => {
  assert.equal(secondsUntilEven(plan, { seconds, scaledOutAfter: 6.5 }), 19.5)
})

test('new servers that starve are never even', () => {
  assert.equal(secondsUntilEven(plan, { seconds: seconds.slice(0, 20) }), undefined)
})

test('20 connections in each judged second are 20 a second', () => {
  assert.equal(reconnectsPerSecond(plan, { seconds }), 20)
})
