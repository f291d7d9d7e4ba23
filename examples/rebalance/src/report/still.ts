import { inOrder } from '../acts.js'
import type { Outcome } from '../outcome.js'
import { newServers, seconds, titleOf } from '../words.js'
import { tellNewShare } from './headlines.js'
import { Html, html } from './html.js'
import { plotShares } from './shares.js'
import { palette } from './style.js'

/** The size of one plot, and what stands around the three. */
const plot = { width: 428, height: 280 } as const
const gap = 8
const top = 78
const edge = 16

/** The shares of the three runs in one picture that stands alone: for a page that cannot hold the report. */
export function renderStill(outcome: Outcome): string {
  const { plan, runs } = outcome
  const plots = inOrder(runs)
  const width = plots.length * (plot.width + gap) - gap + 2 * edge
  const height = top + plot.height + edge
  const columns = plots.map((run, place) => {
    const x = edge + place * (plot.width + gap)
    return html`<text class="title" x="${x}" y="${top - 6}">${titleOf(run.act)}</text>
<g transform="translate(${x} ${top})">${plotShares(plan, run)}</g>\n`
  })
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>${tellNewShare(outcome)}</title>
<style>${new Html(palette)}${new Html(style)}</style>
<rect class="paper" width="${width}" height="${height}"/>
<text class="headline" x="${edge}" y="28">${tellNewShare(outcome)}</text>
<text class="quiet" x="${edge}" y="50">Share of requests of each server; ${newServers(plan)} start after ${seconds(plan.scaleOutAt)}. Dashes are fair shares.</text>
${columns}</svg>
`.text
}

const style = `
svg { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; color: var(--ink); }
text { white-space: pre; }
svg > text { fill: var(--ink); }
.paper { fill: var(--paper); }
.headline { font-size: 18px; font-weight: 600; }
.title { font-weight: 600; }
svg > .quiet { fill: var(--quiet); }
[aria-label="y-grid"] { stroke: var(--line); stroke-opacity: 1; }
`
