import { paint } from '@evenkeel/example-stage/paint'
import { thousands } from '@evenkeel/example-stage/words'
import { renderHeader, renderSecond } from './lines.js'
import type { Plan } from './plan.js'
import { renderJson } from './report.js'
import type { Run, Second } from './run.js'
import { renderTable } from './table.js'
import type { Finding } from './verdict.js'

/** What the example shows, and when. */
export interface View {
  introduce(): void
  begin(evenKeel: boolean): void
  pass(second: Second): void
  end(): void
  conclude(runs: readonly Run[], findings: readonly Finding[]): void
}

/** Lines, or one document with `--json`. */
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

  pass(second: Second): void {
    console.log(renderSecond(second))
  }

  end(): void {
    console.log()
  }

  conclude(runs: readonly Run[], findings: readonly Finding[]): void {
    console.log(`${renderTable(this.#plan, runs)}\n\n${findings.map(renderFinding).join('\n')}`)
  }
}

function introduction({ addresses, interval, quietInterval, freshInterval, ...plan }: Plan): string {
  const whence = plan.apart ? `${addresses[0]} to ${addresses.at(-1)}` : 'the same address'
  return [
    `A client at 127.0.0.1 makes a new keep-alive agent for each of its ${thousands(plan.leakRate)} requests a second`,
    `and closes none. ${addresses.length} well-behaved clients at ${whence} keep one connection each: half of them`,
    `send a request every ${interval} ms, half every ${quietInterval} ms; now and then (every ${freshInterval} ms) each of them`,
    'opens a second one for a moment.',
    '',
    `A run takes ${plan.seconds} seconds. Each server is a process of ${thousands(plan.descriptors)} file descriptors.`,
  ].join('\n')
}

function renderFinding({ good, sentence, cure }: Finding): string {
  const said = good ? `${paint('green', '✔')} ${sentence}` : paint('red', `✘ ${sentence}`)
  return `${said}${cure === undefined ? '' : `\n  ${cure}`}`
}
