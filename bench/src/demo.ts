import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'

/** What the demo of the scale-out came to. */
export interface DemoResult {
  readonly runs: readonly { readonly act: string; readonly hottest: number }[]
  /** Of all runs. */
  readonly requests: number
  readonly failed: number
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

const demo = join(import.meta.dirname, '..', '..', 'examples', 'rebalance', 'dist', 'demo.js')

/** Runs the demo: two minutes. */
export async function measureDemo(progress: (step: string) => void): Promise<DemoResult> {
  progress('the demo: two minutes')
  const child = spawn(process.execPath, [demo, '--json', '--no-report'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [outcome] = await Promise.all([json(child.stdout) as Promise<Outcome>, once(child, 'exit')])
  return {
    runs: outcome.runs.map(({ act, judged }) => ({ act, hottest: judged.hottestOverMean })),
    requests: sum(outcome.runs.map(({ requests }) => requests)),
    failed: sum(outcome.runs.map(({ failedRequests }) => failedRequests)),
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
