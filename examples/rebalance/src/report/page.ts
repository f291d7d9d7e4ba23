import { renderJson } from '../json.js'
import type { Outcome } from '../outcome.js'
import { newServers, seconds } from '../words.js'
import { renderFigures } from './figures.js'
import { embed, Html, html } from './html.js'
import { renderParameters } from './parameters.js'
import { style } from './style.js'
import { renderComparison, renderCounts, renderSeconds } from './tables.js'

/** The whole report: one page that loads nothing and runs nothing. */
export function renderPage(outcome: Outcome): string {
  const { plan } = outcome
  const title = `From ${plan.serversAtFirst} to ${plan.servers} servers: without Even Keel, with a limit, with a fleet`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
${introduce(outcome)}
${renderFindings(outcome)}
</header>
<main>
${renderFigures(outcome)}
<section><h2>The runs in figures</h2>
${renderComparison(outcome)}
${renderSeconds(outcome)}
</section>
${renderCounts(outcome)}
${renderParameters(outcome)}
</main>
<script type="application/json" id="data">${embed(renderJson(outcome))}</script>
</body>
</html>
`.text
}

function introduce({ plan }: Outcome): Html {
  return html`<p>${plan.connections} clients with one keep-alive connection each send requests through a layer-4 balancer. It
chooses a server at random when a connection opens, and then never again. After ${seconds(plan.scaleOutAt)} it has
${newServers(plan)} to choose from as well.</p>
<p>Even Keel ends connections politely, so that their clients come back and the balancer chooses again. With a limit it
ends each of them after at most ${plan.maxRequests} requests, for as long as the servers run. A fleet's servers tell each
other their load, and end only the surplus of those above their fair share: once the load is even, none.</p>
<p>Percentages, rates and latencies in words are of the judged part, the last ${plan.seconds - plan.judgedFrom} of ${plan.seconds} seconds.</p>`
}

function renderFindings({ findings }: Outcome): Html {
  const items = findings.map(({ good, sentence, cure = '' }) => {
    const mark = good ? html`<b>✔</b>` : html`<b>✘</b>`
    return html`<li class="${good ? 'good' : 'bad'}">${mark}${sentence} ${cure}</li>\n`
  })
  return html`<ul class="verdict">\n${items}</ul>`
}
