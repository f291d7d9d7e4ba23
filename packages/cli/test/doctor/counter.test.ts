import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { counterIn } from '#cli/doctor/probes/counter'

const answer = (body: string, headers: Record<string, string> = {}) => ({
  status: 200,
  headers: new Map(Object.entries(headers)),
  body,
})

describe('a counter in answers', () => {
  it('is found in a body, beside numbers that stand still, and read from any answer', () => {
    const read = counterIn([7, 8, 9].map((count) => answer(`server 3 request ${count}`)))
    assert.equal(read?.(answer('server 3 request 21')), 21)
  })

  it('is found in a header', () => {
    const read = counterIn([7, 8, 9].map((count) => answer('ok', { 'x-count': String(count) })))
    assert.equal(read?.(answer('ok', { 'x-count': '12' })), 12)
  })

  it('is none that leaves out a number: somebody else uses the server', () => {
    assert.equal(counterIn([7, 8, 10].map((count) => answer(`request ${count}`))), undefined)
  })

  it('is none in the date', () => {
    const at = (second: number) => answer('ok', { date: `Sat, 21 Nov 2026 20:00:0${second} GMT` })
    assert.equal(counterIn([1, 2, 3].map(at)), undefined)
  })

  it('is none where answers have different numbers of numbers', () => {
    assert.equal(counterIn([answer('request 1'), answer('request 2 of 3')]), undefined)
  })
})
