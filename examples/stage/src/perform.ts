import type { Act } from './act.js'
import { isGood, type Judged } from './finding.js'
import type { View } from './view.js'

/** What is performed. */
export interface Play<Acts extends Act, Step, Run, Outcome extends Judged> {
  /** What it calls itself. */
  readonly name: 'demo' | 'example'
  /** In their order, one run each. */
  readonly acts: readonly Acts[]
  readonly view: View<Acts, Step, Outcome>
  /** Does one run, and tells each step as it passes. */
  run(act: Acts, tell: (step: Step) => void): Promise<Run>
  /** What came of all. */
  judge(runs: Readonly<Record<Acts, Run>>): Outcome | Promise<Outcome>
}

/**
 * Performs the runs one after the other and shows them. The process ends with code 1 where a finding is not good or
 * something broke.
 */
export async function perform<Acts extends Act, Step, Run, Outcome extends Judged>(
  play: Play<Acts, Step, Run, Outcome>,
): Promise<void> {
  // The reader of a pipe is gone, as `head` is after its lines: there is nobody left to run for.
  process.stdout.on('error', () => process.exit(1))
  try {
    play.view.introduce()
    const runs: Partial<Record<Acts, Run>> = {}
    for (const act of play.acts) runs[act] = await show(play, act)
    const outcome = await play.judge(runs as Record<Acts, Run>)
    play.view.conclude(outcome)
    if (!isGood(outcome)) process.exitCode = 1
  } catch (error) {
    console.error(`The ${play.name} could not be finished: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
}

async function show<Acts extends Act, Step, Run, Outcome extends Judged>(
  { view, run }: Play<Acts, Step, Run, Outcome>,
  act: Acts,
): Promise<Run> {
  view.begin(act)
  const result = await run(act, (step) => view.pass(step))
  view.end()
  return result
}
