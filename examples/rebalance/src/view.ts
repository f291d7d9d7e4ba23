import { pathToFileURL } from 'node:url'
import { paint } from '@evenkeel/example-stage/paint'
import { thousands } from '@evenkeel/example-stage/words'
import { createLogUpdate } from 'log-update'
import { renderBars } from './bars.js'
import { renderJson } from './json.js'
import { renderHeader, renderSecond } from './lines.js'
import type { Outcome } from './outcome.js'
import type { Plan } from './plan.js'
import type { Second } from './run.js'
import { renderCounts, renderTable } from './table.js'
import type { Finding } from './verdict.js'
import { newServers } from './words.js'

/** What the demo shows, and when. */
export interface View {
  introduce(): void
  begin(evenKeel: boolean): void
  pass(second: Second): void
  end(): void
  /** `report` is the file that holds the report, where there is one. */
  conclude(outcome: Outcome, report?: string): void
}

/** Bars that redraw on a terminal, lines where there is none, one document with `--json`. */
export function chooseView(plan: Plan, json: boolean): View {
  if (json) return new JsonView()
  return process.stdout.isTTY ? new BarsView(plan) : new LinesView(plan)
}

class JsonView implements View {
  introduce(): void {}

  begin(): void {}

  pass(): void {}

  end(): void {}

  conclude(outcome: Outcome, report?: string): void {
    console.log(renderJson(outcome, report))
    for (const { good, sentence, cure = '' } of outcome.findings)
      if (!good) console.error(`${sentence} ${cure}`)
  }
}

class LinesView implements View {
  readonly plan: Plan

  constructor(plan: Plan) {
    this.plan = plan
  }

  introduce(): void {
    console.log(`${introduction(this.plan)}\n`)
  }

  begin(evenKeel: boolean): void {
    console.log(renderHeader(this.plan, evenKeel))
  }

  pass(second: Second): void {
    console.log(renderSecond(this.plan, second))
  }

  end(): void {
    console.log()
  }

  conclude({ without, withKeel, findings }: Outcome, report?: string): void {
    const sentences = findings.map(renderFinding)
    console.log(
      `${renderTable(this.plan, [without, withKeel])}\n\n${renderCounts(withKeel)}\n\n${sentences.join('\n')}`,
    )
    if (report !== undefined) console.log(`\nThe same in pictures: ${pathToFileURL(report)}`)
  }
}

class BarsView extends LinesView {
  readonly #draw = createLogUpdate(process.stdout)
  #evenKeel = false
  #seconds: Second[] = []

  override begin(evenKeel: boolean): void {
    this.#evenKeel = evenKeel
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
    this.#draw(renderBars(this.plan, this.#evenKeel, this.#seconds))
  }
}

function introduction(plan: Plan): string {
  return [
    'The balancer here is a TCP forwarder that chooses a server at random for each connection:',
    'it stands in for kube-proxy or a network load balancer (NLB).',
    '',
    `${plan.connections} clients with one keep-alive connection each send ${thousands(plan.pace)} requests a second each.`,
    `A run takes ${plan.seconds} seconds: ${newServers(plan)} will start after ${plan.scaleOutAt}, evenness is judged after ${plan.judgedFrom}.`,
  ].join('\n')
}

function renderFinding({ good, sentence, cure }: Finding): string {
  if (good) return `${paint('green', '✔')} ${sentence}`
  return `${paint('red', `✘ ${sentence}`)}${cure === undefined ? '' : `\n  ${cure}`}`
}
