import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { perform } from './demo/perform.js'

/** What the demo of the scale-out came to. */
export interface DemoResult extends OutputResult {
  readonly runs: readonly { readonly act: string; readonly hottest: number }[]
  /** Of all runs. */
  readonly requests: number
  readonly failed: number
}

/** What a demo printed, line by line. */
export interface OutputResult {
  readonly output: readonly string[]
}

/** What is read of the demo's JSON. */
interface Outcome {
  readonly runs: readonly {
    readonly act: string
    readonly judged: { readonly hottestOverMean: number }
    readonly requests: number
    readonly failedRequests: number
  }[]
}

/**
 * Runs the demo: two minutes.
 *
 * @param still the file for a picture of the same runs; none unless given.
 */
export async function measureDemo(progress: (step: string) => void, still?: string): Promise<DemoResult> {
  progress('the demo: two minutes')
  const transcript = join(tmpdir(), `evenkeel-demo-${process.pid}.txt`)
  const picture = still === undefined ? [] : ['--still', still]
  const json = await perform('rebalance', '--json', '--no-report', '--transcript', transcript, ...picture)
  const outcome = JSON.parse(json) as Outcome
  const output = await readFile(transcript, 'utf8')
  await rm(transcript)
  return {
    runs: outcome.runs.map(({ act, judged }) => ({ act, hottest: judged.hottestOverMean })),
    requests: sum(outcome.runs.map(({ requests }) => requests)),
    failed: sum(outcome.runs.map(({ failedRequests }) => failedRequests)),
    output: linesOf(output),
  }
}

/** Runs another demo. */
export async function measureOutput(
  example: string,
  progress: (step: string) => void,
): Promise<OutputResult> {
  progress(`the demo of ${example}`)
  return { output: linesOf(await perform(example)) }
}

function linesOf(text: string): string[] {
  return text.trimEnd().split('\n')
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
