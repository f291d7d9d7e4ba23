import { isGood, type Judged } from './finding.js'
import type { View } from './view.js'

/** What is performed. */
export interface Play<Step, Run, Outcome extends Judged> {
  /** What it calls itself. */
  readonly name: 'demo' | 'example'
  readonly view: View<Step, Outcome>
  /** Does one run, and tells each step as it passes. */
  run(evenKeel: boolean, tell: (step: Step) => void): Promise<Run>
  /** What came of both. */
  judge(without: Run, withKeel: Run): Outcome | Promise<Outcome>
}

/**
 * Performs both runs and shows them, first without Even Keel and then with it. The process ends with code 1 where a
 * finding is not good or something broke.
 */
export async function perform<Step, Run, Outcome extends Judged>(
  play: Play<Step, Run, Outcome>,
): Promise<void> {
  // The reader of a pipe is gone, as `head` is after its lines: there is nobody left to run for.
  process.stdout.on('error', () => process.exit(1))
  try {
    play.view.introduce()
    const without = await show(play, false)
    const withKeel = await show(play, true)
    const outcome = await play.judge(without, withKeel)
    play.view.conclude(outcome)
    if (!isGood(outcome)) process.exitCode = 1
  } catch (error) {
    console.error(`The ${play.name} could not be finished: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
}

async function show<Step, Run, Outcome extends Judged>(
  { view, run }: Play<Step, Run, Outcome>,
  evenKeel: boolean,
): Promise<Run> {
  view.begin(evenKeel)
  const result = await run(evenKeel, (step) => view.pass(step))
  view.end()
  return result
}
