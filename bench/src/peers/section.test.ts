import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chanceOf } from './chance.js'
import { planPeers } from './plan.js'
import { rows } from './rows.js'
import { sample } from './sample.js'
import { peersSection } from './section.js'

const plan = planPeers(40)

describe('what pages quote of the peers', () => {
  it('is the table, with a note of what was left out, of the load, the machine and the programs', () => {
    const { table } = peersSection(
      {
        plan,
        results: [sample],
        versions: { nginx: '1.22.1' },
        leftOut: [{ name: 'Go, by hand', missing: 'go' }],
      },
      {
        date: '2026-11-21',
        machine: {
          node: 'v20.20.2',
          v8: '11.3',
          processor: 'EPYC',
          processors: 2,
          memory: 2 ** 34,
          system: 'Linux 6',
          load: 0.8,
        },
      },
    )
    assert.deepEqual(table?.rows, rows({ results: [sample] }))
    assert.deepEqual(table?.notes, [
      'Go, by hand: left out, because go is not installed.',
      'Measured on 2026-11-21. Node v20.20.2 (V8 11.3), 2 x EPYC, 16.0 GiB, Linux 6, load 0.80. ' +
        '60 clients, 40 requests per second each, 10 seconds judged. nginx 1.22.1.',
    ])
  })

  it('is what chance makes of 60 connections: for one server nothing, for 600 connections less', () => {
    const { low, high } = chanceOf(plan)
    const many = chanceOf({ ...plan, clients: 600 })
    assert.ok(1 < low && low < high && many.high < high && many.low < low)
    assert.deepEqual(chanceOf(plan), { runs: 2_000, low, high })
    const alone = chanceOf({ ...plan, servers: 1 })
    assert.ok(Math.abs(alone.low - 1) + Math.abs(alone.high - 1) < 1e-9)
  })
})
