import type { Section } from '@evenkeel/test-kit/figures/section'
import type { CountResult } from '../count.js'
import type { DemoResult, OutputResult } from '../demo.js'
import { type FleetResults, fleetSheet } from '../fleet/print.js'
import { type LooksResult, looksSheet } from '../looks.js'
import type { PeersResults } from '../peers/measure.js'
import { peersSection } from '../peers/section.js'
import { countSheet, type Sheet } from '../print.js'
import { type ReconnectsResult, reconnectsSheet } from '../reconnects.js'
import { redisSheet } from '../redis/print.js'
import type { RedisResult } from '../redis.js'
import type { RequestsResult } from '../requests.js'
import { median } from '../statistics.js'
import type { TableResult } from '../table.js'
import { type Circumstances, describeCircumstances } from './circumstances.js'

/** What benchmarks come to, by their names. */
interface Results {
  readonly requests: readonly RequestsResult[]
  readonly count: readonly CountResult[]
  readonly table: TableResult
  readonly reconnects: readonly ReconnectsResult[]
  readonly looks: readonly LooksResult[]
  readonly fleet: FleetResults
  readonly redis: readonly RedisResult[]
  readonly peers: PeersResults
  readonly demo: DemoResult
  readonly leak: OutputResult
  readonly rolling: OutputResult
}

/** What pages quote of each benchmark. A test asks that all of it stands on a page. */
export const sectionOf: {
  readonly [Name in keyof Results]: (result: Results[Name], circumstances: Circumstances) => Section
} = {
  requests: (results, circumstances) => ({
    figures: { 'node-http': namedIn(results, 'node:http').ratio.median.toFixed(2) },
    table: noted(
      {
        head: ['CPU per request', 'ratio', 'added'],
        alignment: 'lrr',
        rows: results.map(({ name, ratio, added }) => [
          name,
          ratio.median.toFixed(2),
          `${added.median.toFixed(0)} ns`,
        ]),
      },
      circumstances,
    ),
  }),
  count: (results, circumstances) => ({
    figures: { 'hit-ns': namedIn(results, 'counter.hit(key)').median.toFixed(0) },
    table: noted(countSheet(results), circumstances),
  }),
  table: ({ memory, sweep }) => {
    const full = sweep.findLast(({ expired }) => !expired)
    return {
      figures: {
        'added-bytes': namedIn(memory, 'default options').addedHeap.median.toFixed(0),
        'bare-kb': (namedIn(memory, 'bare again').resident / 1_000).toFixed(1),
        'sweep-ms': (full?.p99 ?? Number.NaN).toFixed(2),
        'sweep-connections': (full?.connections ?? Number.NaN).toLocaleString('en'),
      },
    }
  },
  reconnects: (results, circumstances) => ({
    figures: {
      'tcp-ms': namedIn(results, 'TCP').added.median.toFixed(2),
      'tls-ms': namedIn(results, 'TLS').added.median.toFixed(2),
    },
    table: noted(reconnectsSheet(results), circumstances),
  }),
  looks: (results, circumstances) => {
    const [few, many, most] = results as [LooksResult, LooksResult, LooksResult]
    return {
      figures: {
        'few-scrape-ms': few.scrape.toFixed(1),
        'most-scrape-ms': most.scrape.toFixed(1),
        'few-frame-ms': few.frame.toFixed(1),
        'many-frame-ms': many.frame.toFixed(1),
        'frame-kb': (many.size / 1_000).toFixed(1),
      },
      table: noted(looksSheet(results), circumstances),
    }
  },
  fleet: ({ simulated, ticks }, circumstances) => {
    const limit = namedIn(simulated, '200 requests').outcomes
    const fleet = namedIn(simulated, 'surplus, heaviest first').outcomes
    return {
      figures: {
        'limit-reconnects': median(limit.map(({ perConnection }) => perConnection)).toFixed(1),
        'limit-hottest': median(limit.map(({ hottest }) => hottest)).toFixed(2),
        'fleet-reconnects': median(fleet.map(({ perConnection }) => perConnection)).toFixed(2),
        'fleet-hottest': median(fleet.map(({ hottest }) => hottest)).toFixed(2),
        'tick-ms': Math.max(...ticks.map((tick) => tick.median)).toFixed(1),
      },
      table: noted(fleetSheet(simulated), circumstances),
    }
  },
  redis: (results, circumstances) => ({
    table: noted(redisSheet(results), circumstances),
  }),
  peers: peersSection,
  demo: ({ runs, requests, failed, output }, circumstances) => ({
    figures: {
      ...Object.fromEntries(runs.map(({ act, hottest }) => [`hottest-${act}`, hottest.toFixed(2)])),
      requests: requests.toLocaleString('en'),
      failed: failed.toLocaleString('en'),
    },
    output: printed(output, circumstances),
  }),
  leak: ({ output }, circumstances) => ({ output: printed(output, circumstances) }),
  rolling: ({ output }, circumstances) => ({ output: printed(output, circumstances) }),
}

function namedIn<Result extends { readonly name: string }>(results: readonly Result[], name: string): Result {
  const result = results.find((each) => each.name === name)
  if (result === undefined) throw new Error(`${name} was not measured`)
  return result
}

function noted(sheet: Sheet, circumstances: Circumstances): NonNullable<Section['table']> {
  return { ...sheet, notes: [describeCircumstances(circumstances)] }
}

function printed(lines: readonly string[], circumstances: Circumstances): NonNullable<Section['output']> {
  return { lines, notes: [describeCircumstances(circumstances)] }
}
