import { paint } from '@evenkeel/example-stage/paint'
import { thousands } from '@evenkeel/example-stage/words'
import { renderHeader, renderRestart } from './lines.js'
import type { Plan } from './plan.js'
import { renderJson } from './report.js'
import type { Restart, Run } from './run.js'
import { renderTable } from './table.js'
import type { Finding } from './verdict.js'
import { seconds, several } from './words.js'

/** What the example shows, and when. */
export interface View {
  introduce(): void
  begin(evenKeel: boolean): void
  pass(restart: Restart): void
  end(): void
  conclude(runs: readonly Run[], findings: readonly Finding[]): void
}

/** A line for each round, or one document with `--json`. */
export function chooseView(plan: Plan, json: boolean): View {
  return json ? new JsonView(plan) : new LinesView(plan)
}

class JsonView implements View {
  readonly #plan: Plan

  constructor(plan: Plan) {
    this.#plan = plan
  }

  introduce(): void {}

  begin(): void {}

  pass(): void {}

  end(): void {}

  conclude(runs: readonly Run[], findings: readonly Finding[]): void {
    console.log(renderJson(this.#plan, runs, findings))
    for (const { good, sentence, cure = '' } of findings) if (!good) console.error(`${sentence} ${cure}`)
  }
}

class LinesView implements View {
  readonly #plan: Plan

  constructor(plan: Plan) {
    this.#plan = plan
  }

  introduce(): void {
    console.log(`${introduction(this.#plan)}\n`)
  }

  begin(evenKeel: boolean): void {
    console.log(renderHeader(this.#plan, evenKeel))
  }

  pass(restart: Restart): void {
    console.log(renderRestart(restart))
  }

  end(): void {
    console.log()
  }

  conclude(runs: readonly Run[], findings: readonly Finding[]): void {
    console.log(`${renderTable(runs)}\n\n${findings.map(renderFinding).join('\n')}`)
  }
}

function introduction({ servers, habits, connections, within }: Plan): string {
  const [brisk, , pausing] = habits.map(({ clients }) => thousands(clients))
  return [
    `${thousands(servers)} servers behind a TCP forwarder that chooses one at random for each connection, among those that are ready.`,
    `Clients have up to ${several(connections, 'connection')}: ${brisk} of them send every few milliseconds, ${pausing} pause for 1 to 3 seconds.`,
    'In each round one server is told to leave (SIGTERM) while another takes its place.',
    '',
    `departures: which part of its connections end in each tenth of the ${seconds(within)} that it has for it;`,
    '▂ is a fair part, █ is four times that or more. later: those that end after that time.',
  ].join('\n')
}

function renderFinding({ good, sentence, cure }: Finding): string {
  if (good) return `${paint('green', '✔')} ${sentence}`
  return `${paint('red', `✘ ${sentence}`)}${cure === undefined ? '' : `\n  ${cure}`}`
}
