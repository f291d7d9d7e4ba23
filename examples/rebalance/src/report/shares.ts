import { nameOf } from '@evenkeel/example-stage/act'
import * as Plot from '@observablehq/plot'
import { shares } from '../evenness.js'
import type { Plan } from '../plan.js'
import type { Run } from '../run.js'
import { percent } from '../words.js'
import { moveApart } from './apart.js'
import { draw, type Label } from './frame.js'
import type { Html } from './html.js'

/** One server in one second: from which part of all requests to which. */
interface Band {
  readonly server: number
  readonly second: number
  readonly from: number
  readonly to: number
}

/** The share of each server, one band above the other, with the borders that fair shares would have. */
export function plotShares(plan: Plan, run: Run): Html {
  const bands = run.seconds.flatMap(({ second, requests }) => stack(second, requests))
  return draw(plan, {
    alternative: `Share of requests of each server, ${nameOf(run.act)}. Judged: ${tellShares(run)}.`,
    height: 280,
    y: { label: 'share of requests', domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], tickFormat: percent },
    marks: [
      Plot.rectY(bands, {
        x1: ({ second }: Band) => second - 1,
        x2: 'second',
        y1: 'from',
        y2: 'to',
        fill: ({ server }: Band) => colourOf(plan, server),
        shapeRendering: 'crispEdges',
      }),
      Plot.ruleY(fairBorders(plan), {
        x1: 'from',
        x2: 'to',
        y: 'y',
        stroke: 'var(--ink)',
        strokeWidth: 1.5,
        strokeDasharray: '5 4',
      }),
    ],
    labels: labelServers(plan, run),
  })
}

/** Neighbours differ in shade, old and new servers in hue. */
export function colourOf({ serversAtFirst }: Plan, server: number): string {
  const [hue, place] = server < serversAtFirst ? ['old', server] : ['new', server - serversAtFirst]
  return `var(--${hue}-${(place % 2) + 1})`
}

function stack(second: number, requests: readonly number[]): Band[] {
  let to = 0
  return shares(requests).map((share, server) => {
    const from = to
    to += share
    return { server, second, from, to }
  })
}

/** Between servers: as many as there are before the scale-out, and after it. */
function fairBorders({ serversAtFirst, servers, scaleOutAt, seconds }: Plan): object[] {
  const borders = (count: number, from: number, to: number): object[] =>
    Array.from({ length: count - 1 }, (_, border) => ({ from, to, y: (border + 1) / count }))
  return [...borders(serversAtFirst, 0, scaleOutAt), ...borders(servers, scaleOutAt, seconds)]
}

function labelServers(plan: Plan, { judged }: Run): Label[] {
  const bands = stack(plan.seconds, judged)
  const heights = moveApart(
    bands.map(({ from, to }) => (from + to) / 2),
    0.085,
  )
  return bands.map(({ server, from, to }, place) => ({
    y: heights[place] ?? 0,
    text: `server ${server + 1}  ${percent(to - from)}`,
    colour: colourOf(plan, server),
  }))
}

function tellShares({ judged }: Run): string {
  return shares(judged)
    .map((share, server) => `server ${server + 1} ${percent(share)}`)
    .join(', ')
}
