import { inOrder } from '../acts.js'
import type { Outcome } from '../outcome.js'
import type { Plan } from '../plan.js'
import type { Run } from '../run.js'
import { newServers, seconds, titleOf } from '../words.js'
import { tellLatency, tellNewShare, tellOpened } from './headlines.js'
import { type Html, html } from './html.js'
import { plotLatency, rangeOf } from './latency.js'
import { plotOpened } from './opened.js'
import { openedIn } from './rates.js'
import { colourOf, plotShares } from './shares.js'

/** The plots: each with what is seen, what its colours mean, and all runs on the same scale. */
export function renderFigures(outcome: Outcome): Html[] {
  const { plan } = outcome
  const runs = inOrder(outcome.runs)
  const most = Math.max(1, ...runs.flatMap(openedIn))
  const range = rangeOf(runs)
  return [
    figure(outcome, tellNewShare(outcome), explainShares(plan), (run) => plotShares(plan, run)),
    figure(outcome, tellOpened(outcome), explainOpened(plan), (run) => plotOpened(plan, run, most)),
    figure(outcome, tellLatency(outcome), explainLatency, (run) => plotLatency(plan, run, range)),
  ]
}

function figure({ runs }: Outcome, headline: string, key: Html, plot: (run: Run) => Html): Html {
  return html`
<figure>
<figcaption><h2>${headline}</h2>${key}</figcaption>
<div class="side-by-side">
${inOrder(runs).map((run) => html`<div><h3>${titleOf(run.act)}</h3>${plot(run)}</div>\n`)}</div>
</figure>`
}

function explainShares(plan: Plan): Html {
  const { serversAtFirst, servers, scaleOutAt } = plan
  const old =
    serversAtFirst === 1 ? 'server 1' : `servers 1 ${serversAtFirst === 2 ? 'and' : 'to'} ${serversAtFirst}`
  const swatches = (from: number, to: number): Html[] =>
    Array.from({ length: Math.min(2, to - from) }, (_, place) => swatch(colourOf(plan, from + place)))
  return html`<ul class="key">
<li>${swatches(0, serversAtFirst)} ${old}, there from the beginning</li>
<li>${swatches(serversAtFirst, servers)} ${newServers(plan)}, started after ${seconds(scaleOutAt)}</li>
<li><i class="dashes"></i> where the borders of the bands are when every server has its fair share</li>
</ul>`
}

function explainOpened({ connections }: Plan): Html {
  return html`<ul class="key">
<li>${swatch('var(--opened)')} connections that the balancer was asked for in each second; each is a new choice of a server. The first second has the ${connections} of the beginning</li>
</ul>`
}

const explainLatency = html`<ul class="key">
<li>${swatch('var(--p50)')} p50: half of a second's answers took at most this long</li>
<li>${swatch('var(--p99)')} p99: 99 of 100 did. Opening a connection, where a request needs one, is included</li>
<li>the scale is logarithmic: the same step up is the same factor everywhere</li>
</ul>`

function swatch(colour: string): Html {
  return html`<i class="swatch" style="background: ${colour}"></i>`
}
