import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import { describe, it } from 'node:test'
import { isBound, reasons, states } from '@evenkeel/core'
import { attach } from '@evenkeel/node'
import { collect, metricNames } from '@evenkeel/prometheus'
import { instruments } from '#instruments'
import { lint } from './lint.js'

const scrape = (): Promise<string> => collect({ public: attach(createServer()) }).metrics()

describe('the metrics', { timeout: 20_000 }, () => {
  it('keep every rule of promtool check metrics', async () => {
    const text = await scrape()
    assert.equal([...text.matchAll(/^# HELP /gm)].length, metricNames().length)
    assert.deepEqual(lint(text), [])
  })

  it('satisfy promtool itself', async (test) => {
    const { status, stderr, error } = spawnSync('promtool', ['check', 'metrics'], {
      input: await scrape(),
      encoding: 'utf8',
      timeout: 10_000,
    })
    if (error !== undefined) return test.skip(`promtool cannot be run: ${error.message}`)
    assert.equal(`${stderr}${status}`, '0')
  })

  it('have a help text in one manner: a sentence that begins with a capital and has no full stop', () => {
    for (const { help } of Object.values(instruments)) assert.match(help, /^[A-Z].*[^.\s]$/)
  })

  it('have all states and all reasons that there are', () => {
    const valuesOf = (name: 'connections' | 'connections_retired_total'): readonly string[] => {
      const instrument = instruments[name]
      return instrument.kind === 'histogram' ? [] : (instrument.labels[0]?.values ?? [])
    }
    assert.deepEqual(
      valuesOf('connections'),
      states.filter((state) => state !== 'closed'),
    )
    assert.deepEqual(valuesOf('connections_retired_total'), reasons)
  })

  it('make about a hundred series for each server', async () => {
    const series = (await scrape()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    assert.ok(series.length < 120, `${series.length} series`)
  })

  it('have histograms whose bounds are read off exactly, in ascending order', () => {
    for (const [name, instrument] of Object.entries(instruments)) {
      if (instrument.kind !== 'histogram') continue
      assert.deepEqual(
        instrument.bounds,
        [...instrument.bounds].sort((a, b) => a - b),
      )
      for (const bound of instrument.bounds) assert.ok(isBound(bound), `${bound} in ${name}`)
    }
  })
})

describe('the rules of names', () => {
  const bad: readonly [string, string][] = [
    ['# HELP x_total \n# TYPE x_total counter\nx_total 1', 'no help text'],
    ['# HELP x_bytes_sent H\n# TYPE x_bytes_sent counter\nx_bytes_sent 1', 'counters end in _total'],
    ['# HELP x_total H\n# TYPE x_total gauge\nx_total 1', 'only counters end in _total'],
    ['# HELP x_count H\n# TYPE x_count gauge\nx_count 1', '_bucket, _count and _sum are for histograms'],
    ['# HELP x H\n# TYPE x gauge\nx{le="1"} 1', 'the label le is for histograms'],
    ['# HELP x H\n# TYPE x gauge\nx{quantile="1"} 1', 'the label quantile is for summaries'],
    ['# HELP x_gauge H\n# TYPE x_gauge gauge\nx_gauge 1', 'type in name'],
    ['# HELP x:y H\n# TYPE x:y gauge\nx:y 1', 'a colon is for recording rules'],
    ['# HELP xY H\n# TYPE xY gauge\nxY 1', 'snake_case, not camelCase'],
    ['# HELP x H\n# TYPE x gauge\nx{aB="1"} 1', 'snake_case, not camelCase'],
    ['# HELP x_minutes H\n# TYPE x_minutes gauge\nx_minutes 1', 'minutes is no base unit'],
    [
      '# HELP x_milliseconds H\n# TYPE x_milliseconds gauge\nx_milliseconds 1',
      'milliseconds is no base unit',
    ],
    ['# HELP x_ms H\n# TYPE x_ms gauge\nx_ms 1', 'an abbreviated unit'],
  ]
  for (const [text, problem] of bad) {
    it(`find: ${problem}, in ${text.split('\n').at(-1)}`, () => {
      assert.deepEqual(
        lint(`${text}\n`).map((line) => line.slice(line.indexOf(' ') + 1)),
        [problem],
      )
    })
  }
})
