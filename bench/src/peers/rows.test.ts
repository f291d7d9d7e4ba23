import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { remarks } from './print.js'
import { rows } from './rows.js'
import { sample } from './sample.js'

describe('the table of peers', () => {
  it('tells CPU time beside the mean of the bare servers: 40 and 60 make 60 1.20 times as much', () => {
    const results = [
      { ...sample, cpu: 40 },
      { ...sample, name: 'nginx', cpu: 60 },
      { ...sample, name: 'Node, bare, again', cpu: 60 },
    ]
    assert.deepEqual(
      rows({ results }).map(([, cpu, ratio]) => [cpu, ratio]),
      [
        ['40 µs', '0.80'],
        ['60 µs', '1.20'],
        ['60 µs', '1.20'],
      ],
    )
  })

  it('says nothing of pipelined requests where no connection was ended', () => {
    assert.deepEqual(rows({ results: [sample] })[0]?.slice(3), ['2.00', '0.0', '0 of 72,000', '–', '3.0 ms'])
  })

  it('5 failures, 3 of them at the scale-out: 2 are lost, and a remark tells of the other 3', () => {
    const failing = {
      ...sample,
      failures: { 'no answer': 5 },
      failuresAtScaleOut: { 'no answer': 3 },
      pipelined: { sent: 1_600, answered: 1_592, lost: 8, again: 0, ended: 1 },
    }
    assert.deepEqual(rows({ results: [failing] })[0]?.slice(5, 7), ['2 of 72,000', '8 of 1,600'])
    assert.deepEqual(remarks({ results: [failing], leftOut: [{ name: 'Go', missing: 'go' }] }), [
      'Go: left out, because go is not installed.',
      'Node, bare: 2 x no answer.',
      'Node, bare, while it was told of the new servers: 3 x no answer.',
    ])
  })
})
