import { nameOf } from '@evenkeel/example-stage/act'
import { thousands } from '@evenkeel/example-stage/words'
import { inOrder } from '../acts.js'
import { type Count, countsOf, differences } from '../agreement.js'
import { shares } from '../evenness.js'
import type { Outcome } from '../outcome.js'
import { compareRuns, tellStar } from '../rows.js'
import type { Run } from '../run.js'
import { finePercent, headingOf, milliseconds, tellReasons } from '../words.js'
import { type Html, html } from './html.js'
import { openedIn } from './rates.js'

/** All runs side by side, as in the terminal. */
export function renderComparison({ plan, runs }: Outcome): Html {
  const rows = compareRuns(plan, inOrder(runs)).map(
    ({ name, figures, ideal, isMain }) =>
      html`<tr class="${isMain ? 'main' : ''}"><th scope="row">${name}</th>${[...figures, ideal].map((figure) => html`<td>${figure}</td>`)}</tr>\n`,
  )
  const heads = [...inOrder(runs).map(({ act }) => nameOf(act)), 'ideal']
  return html`<div class="scroll"><table class="compared">
<thead><tr><td></td>${heads.map(head)}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>
<p class="note">${tellStar(plan)}</p>`
}

/** What the clients counted beside what the servers' metrics say, for each run that has them. */
export function renderCounts({ runs }: Outcome): Html {
  const counted = inOrder(runs).flatMap((run) => {
    const counts = countsOf(run)
    return counts === undefined ? [] : [{ act: run.act, counts }]
  })
  const agreed = counted.every(({ counts }) => differences(counts).length === 0)
  const rows = (counted[0]?.counts ?? []).map(({ name }, place) => {
    const cells = counted.flatMap(({ counts }) => showCount(counts[place]))
    return html`<tr><th scope="row">${name}</th>${cells}</tr>\n`
  })
  const heads = counted.flatMap(({ act }) => [`${nameOf(act)}: clients`, 'metrics'])
  return html`<section><h2>The metrics ${agreed ? 'say' : 'do not say'} what the clients saw</h2>
<p>The clients counted on their own sockets. After the last of them had ended, the servers' Prometheus metrics were read
over HTTP and added up.</p>
<div class="scroll"><table class="compared">
<thead><tr><td></td>${heads.map(head)}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>
<p class="note">right reason: ${tellReasons()}</p></section>`
}

function showCount(count: Count | undefined): Html {
  if (count === undefined) return html``
  const isDifferent = count.clients === count.metrics ? '' : 'bad'
  return html`<td>${thousands(count.clients)}</td><td class="${isDifferent}">${thousands(count.metrics)}</td>`
}

/** What the plots are made of, for those who want the numbers or do not see the pictures. */
export function renderSeconds({ plan, runs }: Outcome): Html {
  const servers = Array.from({ length: plan.servers }, (_, server) => `server ${server + 1}`)
  const heads = ['second', ...servers, 'opened', 'p50', 'p99']
  const table = (run: Run): Html => html`<h3>${headingOf(plan, run.act)}</h3>
<div class="scroll"><table>
<thead><tr>${heads.map(head)}</tr></thead>
<tbody>
${rowsOf(run, plan.servers)}</tbody>
</table></div>`
  return html`<details><summary>The numbers behind the plots, second by second</summary>
${inOrder(runs).map(table)}
</details>`
}

function rowsOf(run: Run, servers: number): Html[] {
  const opened = openedIn(run)
  return run.seconds.map(({ second, requests, latency }, place) => {
    const parts = shares(requests)
    const cells = [
      ...Array.from({ length: servers }, (_, server) => showShare(parts[server])),
      thousands(opened[place] ?? 0),
      latency ? milliseconds(latency.p50) : 'no answer',
      latency ? milliseconds(latency.p99) : 'no answer',
    ]
    return html`<tr><th scope="row">${second}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>\n`
  })
}

function showShare(share: number | undefined): string {
  return share === undefined ? 'not there yet' : finePercent(share)
}

function head(name: string): Html {
  return html`<th scope="col">${name}</th>`
}
