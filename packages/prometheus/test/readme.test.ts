import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { collect, metricNames } from '@evenkeel/prometheus'
import { alerts } from '#generate/alerts'
import { instruments } from '#instruments'
import { problemsOf } from './promql.js'

const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8')

/** What stands in code style in the first cell of each row whose cell matches. */
function firstCells(pattern: RegExp): string[] {
  return [...readme.matchAll(/^\| `([^`]+)` +\|/gm)]
    .map(([, code = '']) => code)
    .filter((code) => pattern.test(code))
}

describe('README', () => {
  it('lists every metric, and no other', () => {
    assert.deepEqual(firstCells(/^evenkeel_/), metricNames())
  })

  it('lists every alert, and no other', () => {
    assert.deepEqual(
      firstCells(/^EvenKeel/),
      alerts.map(({ alert }) => alert),
    )
  })

  it('lists every option, and no other', () => {
    assert.throws(
      () => collect([], { unknown: 1 } as never),
      new RegExp(`one of ${firstCells(/^[a-z]+$/).join(', ')}$`),
    )
  })

  it('names every value of every label', () => {
    for (const instrument of Object.values(instruments)) {
      if (instrument.kind === 'histogram') continue
      for (const { values } of instrument.labels) {
        for (const value of values) assert.ok(readme.includes(`\`${value}\``), value)
      }
    }
  })

  it('has PromQL that reads no other metric and no other label than there are', () => {
    const blocks = [...readme.matchAll(/```promql\n([^`]+)```/g)].map(([, expr = '']) => expr)
    assert.equal(blocks.length, 7)
    for (const expr of blocks) assert.deepEqual(problemsOf(expr), [], expr)
  })
})
