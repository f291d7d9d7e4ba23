import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judgePipelined, type Sent } from './verdict.js'

const answered = (number: number, status = 200): Sent => ({ number, status })
const unanswered = (number: number): Sent => ({ number, status: undefined })

describe('the verdict on pipelined requests', () => {
  it('3 that were executed and answered: none is lost', () => {
    assert.deepEqual(
      judgePipelined(
        [1, 2, 3].map((number) => answered(number)),
        new Set([1, 2, 3]),
      ),
      {
        sent: 3,
        answered: 3,
        lost: 0,
        again: 0,
      },
    )
  })

  it('one that was executed without an answer is lost', () => {
    assert.equal(judgePipelined([answered(1), unanswered(2)], new Set([1, 2])).lost, 1)
  })

  it('one answered 503 is lost, whether it was executed or not', () => {
    assert.equal(judgePipelined([answered(1, 503), answered(2, 503)], new Set([2])).lost, 2)
  })

  it('2 that were neither executed nor answered are not lost: they can be sent again', () => {
    const { lost, again } = judgePipelined([answered(1), unanswered(2), unanswered(3)], new Set([1]))
    assert.deepEqual({ lost, again }, { lost: 0, again: 2 })
  })
})
