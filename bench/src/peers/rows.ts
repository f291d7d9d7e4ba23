import { sum } from './counts.js'
import type { PeersResults } from './measure.js'

/** The columns of the table, and how they are aligned: l or r. */
export const head = [
  '2 servers, then 4',
  'CPU per request',
  'beside bare',
  'hottest / mean',
  'reconnects / s',
  'lost',
  'lost, pipelined',
  'p99',
] as const
export const alignment = 'lrrrrrrr'

/** What stands in a column where there is nothing to tell. */
const nothing = '–'

/** One line for each peer, for a terminal and for a page. */
export function rows({ results }: Pick<PeersResults, 'results'>): string[][] {
  const bare = meanCpu(results.filter(({ name }) => name.startsWith('Node, bare')))
  return results.map(({ pipelined, ...result }) => [
    result.name,
    `${result.cpu.toFixed(0)} µs`,
    bare === undefined ? nothing : (result.cpu / bare).toFixed(2),
    result.hottest.toFixed(2),
    result.reconnectsPerSecond.toFixed(1),
    outOf(sum(result.failures) - sum(result.failuresAtScaleOut), result.requests),
    pipelined.ended === 0 ? nothing : outOf(pipelined.lost, pipelined.sent),
    `${result.p99.toFixed(1)} ms`,
  ])
}

function meanCpu(results: readonly { readonly cpu: number }[]): number | undefined {
  if (results.length === 0) return undefined
  return results.reduce((total, { cpu }) => total + cpu, 0) / results.length
}

function outOf(requests: number, all: number): string {
  return `${requests} of ${all.toLocaleString('en')}`
}
