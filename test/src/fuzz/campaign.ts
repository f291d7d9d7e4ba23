import { inspect } from 'node:util'
import fc from 'fast-check'
import type { Fault, Fuzz } from './fuzz.js'
import { Guard } from './guard.js'

export interface Batch {
  readonly seed: number
  readonly runs: number
  /** Repeats one script, as it was printed: `12:0:3`, say. */
  readonly path?: string | undefined
  /** Told of each script before it is played: one may end the process. */
  readonly announce?: ((script: object, text: string) => void) | undefined
}

export interface Outcome {
  readonly scripts: number
  /** Differences that were not seen again. */
  readonly unsteady: readonly Fault[]
  /** What was found, for a reader; undefined if nothing was. */
  readonly failure: string | undefined
}

/** A script that takes longer hangs, in milliseconds. */
const timeout = 20_000

/** Plays random scripts until one finds something, and makes that one as small as it can. */
export async function run<Script extends object>(
  fuzz: Fuzz<Script>,
  { seed, runs, path = '', announce }: Batch,
): Promise<Outcome> {
  const guard = new Guard()
  const unsteady: Fault[] = []
  let scripts = 0
  let found: Fault | undefined
  const property = fc.asyncProperty(fuzz.scripts, async (script) => {
    scripts++
    announce?.(script, fuzz.show(script))
    const trial = await fuzz.trial(script, guard)
    unsteady.push(...trial.unsteady)
    if (trial.fault === undefined) return
    found = trial.fault
    throw new Error(found.what)
  })
  guard.start()
  try {
    const { failed, counterexample, counterexamplePath, errorInstance } = await fc.check(property, {
      seed,
      path,
      numRuns: runs,
      timeout,
    })
    if (!failed) return { scripts, unsteady, failure: undefined }
    const lines = [
      found === undefined ? String(errorInstance) : `${found.where}: ${found.what}`,
      `repeat it with: --seed ${seed} --path ${counterexamplePath}`,
      counterexample === null ? '' : abridge(fuzz.show(counterexample[0])),
      abridge(inspect(found, { depth: 4, maxStringLength: 2_000, breakLength: 110 })),
    ]
    return { scripts, unsteady, failure: lines.join('\n') }
  } finally {
    guard.stop()
  }
}

/** What is said over and over is said once. */
function abridge(text: string): string {
  return text.replace(/(.{1,10}?)\1{9,}/gs, (run, unit) => `[${run.length / unit.length} times ${unit}]`)
}
