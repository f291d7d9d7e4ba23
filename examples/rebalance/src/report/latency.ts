import { nameOf } from '@evenkeel/example-stage/act'
import * as Plot from '@observablehq/plot'
import type { Plan } from '../plan.js'
import type { Run, Second } from '../run.js'
import { milliseconds } from '../words.js'
import { moveApart } from './apart.js'
import { draw, type Label } from './frame.js'
import type { Html } from './html.js'

/** The percentiles that are shown, each with its colour. */
export const percentiles = [
  ['p50', 'var(--p50)'],
  ['p99', 'var(--p99)'],
] as const

/** From where to where the scale of all runs goes, in milliseconds. */
export type Range = readonly [number, number]

/** Latency in each second, on a logarithmic scale. */
export function plotLatency(plan: Plan, run: Run, range: Range): Html {
  const { p50, p99 } = run.traffic.latency
  const alternative =
    `Latency in each second, ${nameOf(run.act)}. ` +
    `Judged: half of the answers within ${milliseconds(p50)}, 99 of 100 within ${milliseconds(p99)}.`
  return draw(plan, {
    alternative,
    height: 230,
    y: { type: 'log', label: 'latency', domain: range, ticks: [] },
    marks: [
      Plot.gridY(ticksIn(range)),
      // By hand: the axis of a logarithmic scale leaves some of its labels out.
      Plot.axisY(ticksIn(range), { label: 'latency', labelArrow: 'none', labelAnchor: 'top', text: tell }),
      ...percentiles.map(([percentile, stroke]) =>
        Plot.lineY(run.seconds, {
          x: ({ second }: Second) => second - 0.5,
          y: ({ latency }: Second) => latency?.[percentile] ?? Number.NaN,
          stroke,
          strokeWidth: 2,
          marker: plan.seconds > 60 ? 'none' : 'dot',
        }),
      ),
    ],
    labels: label(run, range),
  })
}

/** The scale that holds the latencies of all runs, between two of 1, 2, 5, 10, … */
export function rangeOf(runs: readonly Run[]): Range {
  const all = runs.flatMap(({ seconds }) => seconds.flatMap(({ latency }) => (latency ? [latency] : [])))
  if (all.length === 0) return [0.1, 100]
  const least = Math.min(...all.map(({ p50 }) => p50))
  const most = Math.max(...all.map(({ p99 }) => p99))
  return [steps.findLast((step) => step < least) ?? least, steps.find((step) => step > most) ?? most]
}

const steps = Array.from({ length: 9 }, (_, exponent) => exponent - 3).flatMap((exponent) =>
  [1, 2, 5].map((digit) => Number(`${digit}e${exponent}`)),
)

/** All of 1, 2, 5 where there is room, else the powers of ten. */
function ticksIn([least, most]: Range): number[] {
  const ticks = steps.filter((step) => step >= least && step <= most)
  return ticks.length <= 8 ? ticks : ticks.filter((step) => Number.isInteger(Math.log10(step)))
}

function tell(value: number): string {
  return `${value} ms`
}

function label({ traffic }: Run, [least, most]: Range): Label[] {
  const height = (value: number): number => Math.log(value / least) / Math.log(most / least)
  const heights = moveApart(
    percentiles.map(([percentile]) => height(Math.max(least, traffic.latency[percentile]))),
    0.12,
  )
  return percentiles.map(([percentile, colour], place) => ({
    y: least * (most / least) ** (heights[place] ?? 0),
    text: `${percentile}  ${milliseconds(traffic.latency[percentile])}`,
    colour,
  }))
}
