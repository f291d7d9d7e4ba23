import type { CountResult } from '../count.js'
import type { DemoResult } from '../demo.js'
import type { RequestsResult } from '../requests.js'
import type { TableResult } from '../table.js'

/** Figures by name, as pages quote them. */
export type Figures = Readonly<Record<string, string>>

/** `node:http, watched` is `node-http-watched`. */
function nameOf(words: string): string {
  return words.replaceAll(/[^\w]+/g, '-').toLowerCase()
}

/** What pages may quote of each benchmark. */
export const figuresOf = {
  requests: (results: readonly RequestsResult[]): Figures =>
    Object.fromEntries(
      results.flatMap(({ name, ratio, added }) => [
        [nameOf(name), ratio.median.toFixed(2)],
        [`${nameOf(name)}-added-ns`, added.median.toFixed(0)],
      ]),
    ),
  count: (results: readonly CountResult[]): Figures =>
    Object.fromEntries(
      results.map(({ name, median }) => [`${nameOf(name)}-ns`.replace('--', '-'), median.toFixed(0)]),
    ),
  table: ({ memory, sweep }: TableResult): Figures => ({
    ...Object.fromEntries(
      memory.map(({ name, addedHeap }) => [`${nameOf(name)}-bytes`, addedHeap.median.toFixed(0)]),
    ),
    'sweep-ms': (sweep.at(-1)?.p99 ?? Number.NaN).toFixed(1),
  }),
  demo: ({ runs, requests, failed }: DemoResult): Figures => ({
    ...Object.fromEntries(runs.map(({ act, hottest }) => [`hottest-${act}`, hottest.toFixed(2)])),
    requests: requests.toLocaleString('en'),
    failed: failed.toLocaleString('en'),
  }),
}
