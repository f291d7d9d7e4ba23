import { pathToFileURL } from 'node:url'
import { JsonView, LinesView, type View } from '@evenkeel/example-stage/view'
import { thousands } from '@evenkeel/example-stage/words'
import { createLogUpdate } from 'log-update'
import { type Act, acts, inOrder } from './acts.js'
import { renderBars } from './bars.js'
import { renderJson } from './json.js'
import { renderHeader, renderSecond } from './lines.js'
import type { Outcome } from './outcome.js'
import type { Plan } from './plan.js'
import type { Second } from './run.js'
import { renderCounts, renderTable } from './table.js'
import { newServers } from './words.js'

/** Bars that redraw on a terminal, lines where there is none, one document with `--json`. */
export function chooseView(plan: Plan, json: boolean): View<Act, Second, Outcome> {
  if (json) return new JsonView(renderJson)
  return process.stdout.isTTY ? new BarsView(plan) : new ReportedView(plan)
}

class ReportedView extends LinesView<Act, Second, Outcome> {
  constructor(plan: Plan) {
    super({
      introduction: introduction(plan),
      header: (act) => renderHeader(plan, act),
      line: (second) => renderSecond(plan, second),
      figures: ({ runs }) => renderFigures(plan, runs),
    })
  }

  override conclude(outcome: Outcome): void {
    super.conclude(outcome)
    if (outcome.report !== undefined) console.log(`\nThe same in pictures: ${pathToFileURL(outcome.report)}`)
  }
}

class BarsView extends ReportedView {
  readonly #plan: Plan
  readonly #draw = createLogUpdate(process.stdout)
  #act: Act = acts[0]
  #seconds: Second[] = []

  constructor(plan: Plan) {
    super(plan)
    this.#plan = plan
  }

  override begin(act: Act): void {
    this.#act = act
    this.#seconds = []
    this.#redraw()
  }

  override pass(second: Second): void {
    this.#seconds.push(second)
    this.#redraw()
  }

  override end(): void {
    this.#draw.done()
    super.end()
  }

  #redraw(): void {
    this.#draw(renderBars(this.#plan, this.#act, this.#seconds))
  }
}

/** The tables of all runs. */
export function renderFigures(plan: Plan, runs: Outcome['runs']): string {
  return `${renderTable(plan, inOrder(runs))}\n\n${renderCounts(inOrder(runs))}`
}

export function introduction(plan: Plan): string {
  return [
    'The balancer here is a TCP forwarder that chooses a server at random for each connection:',
    'it stands in for kube-proxy or a network load balancer (NLB).',
    '',
    `${plan.connections} clients with one keep-alive connection each send ${thousands(plan.pace)} requests a second each.`,
    'Servers run three times: bare, with a limit on the requests of a connection, and as a fleet.',
    `A run takes ${plan.seconds} seconds: ${newServers(plan)} will start after ${plan.scaleOutAt}, evenness is judged after ${plan.judgedFrom}.`,
  ].join('\n')
}
