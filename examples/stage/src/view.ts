import type { Act } from './act.js'
import { type Judged, renderFinding } from './finding.js'

/** What a demo shows, and when. */
export interface View<Acts extends Act, Step, Outcome extends Judged> {
  introduce(): void
  begin(act: Acts): void
  pass(step: Step): void
  end(): void
  conclude(outcome: Outcome): void
}

/** What a demo says, in lines. */
export interface Script<Acts extends Act, Step, Outcome extends Judged> {
  readonly introduction: string
  /** What stands above the lines of a run. */
  header(act: Acts): string
  /** A step of a run as a line. */
  line(step: Step): string
  /** What stands between the runs and the findings. */
  figures(outcome: Outcome): string
}

/** Lines, each as soon as there is something to tell. */
export class LinesView<Acts extends Act, Step, Outcome extends Judged> implements View<Acts, Step, Outcome> {
  readonly #script: Script<Acts, Step, Outcome>

  constructor(script: Script<Acts, Step, Outcome>) {
    this.#script = script
  }

  introduce(): void {
    console.log(`${this.#script.introduction}\n`)
  }

  begin(act: Acts): void {
    console.log(this.#script.header(act))
  }

  pass(step: Step): void {
    console.log(this.#script.line(step))
  }

  end(): void {
    console.log()
  }

  conclude(outcome: Outcome): void {
    console.log(`${this.#script.figures(outcome)}\n\n${outcome.findings.map(renderFinding).join('\n')}`)
  }
}

/** One document at the end, for `--json`; what is not good stands on standard error too. */
export class JsonView<Outcome extends Judged> implements View<Act, unknown, Outcome> {
  readonly #render: (outcome: Outcome) => string

  constructor(render: (outcome: Outcome) => string) {
    this.#render = render
  }

  introduce(): void {}

  begin(): void {}

  pass(): void {}

  end(): void {}

  conclude(outcome: Outcome): void {
    console.log(this.#render(outcome))
    for (const { good, sentence, cure = '' } of outcome.findings)
      if (!good) console.error(`${sentence} ${cure}`)
  }
}
