import { setImmediate as turn } from 'node:timers/promises'
import { CouldNotRun } from '../command/could-not-run.js'
import { type ExitCode, exitCodes } from '../command/exit-codes.js'
import type { Session } from '../command/new-command.js'
import type { Output } from '../command/output.js'
import { type Candidate, candidates } from './candidate.js'
import type { Flags } from './flags.js'
import { type FromMetrics, readServers } from './from/read.js'
import { gather } from './gather.js'
import type { Numbers } from './numbers.js'
import { pasteOf } from './paste.js'
import { recommend } from './recommend.js'
import { type Scaled, scale } from './scale.js'
import { showAdvice, showNumbers, showRead, showRows } from './show.js'
import { type Row, simulate } from './simulate.js'

/** Of one client in a second: more would be no keep-alive connections. */
const mostReconnects = 100

/** Simulates every choice, and advises one. */
export async function compare({ output, signal }: Session, flags: Flags): Promise<ExitCode> {
  const read = await readFrom(flags, output, signal)
  const numbers = gather(flags, read)
  const all = candidates(numbers, flags)
  const scaled = scale(numbers, fewestRequests(all, numbers))
  if (flags.from !== undefined && read !== undefined) showRead(output, flags, read, numbers)
  showNumbers(output, numbers, scaled)
  const rows = await simulateAll(all, scaled, numbers, { output, signal })
  showRows(output, rows, numbers)
  const isStopped = rows.length < all.length
  const advice = isStopped ? undefined : recommend(rows, numbers)
  if (advice === undefined)
    output.note(`Stopped after ${rows.length} of ${all.length} choices: too early for advice.`)
  else showAdvice(output, advice, numbers)
  const describe = (row: Row | undefined): object | null =>
    row === undefined ? null : { name: row.candidate.name, ...pasteOf(row.candidate) }
  output.result({
    command: 'plan',
    interrupted: isStopped,
    numbers,
    simulated: { ...scaled.numbers, runs: scaled.runs },
    read,
    rows: rows.map(({ candidate: { name, kind, options }, ...figures }) => ({
      name,
      kind,
      options,
      ...figures,
    })),
    advice: advice && { take: describe(advice.row), withoutStore: describe(advice.second), why: advice.why },
  })
  if (advice === undefined) return exitCodes.couldNotRun
  return advice.row === undefined ? exitCodes.foundSomething : exitCodes.fine
}

/** @throws {CouldNotRun} where connections would live too short to be simulated. */
function fewestRequests(all: readonly Candidate[], { rate, connections }: Numbers): number {
  const fewest = Math.min(...all.map(({ options }) => options.maxRequestsPerConnection ?? Infinity))
  if (rate / connections / fewest <= mostReconnects) return fewest
  throw new CouldNotRun(
    `with --max-requests ${fewest} each client would connect ${Math.round(rate / connections / fewest)} times a second`,
    `give ${Math.ceil(rate / connections / mostReconnects)} or more`,
  )
}

async function readFrom(
  { from: urls, prefix, over }: Flags,
  output: Output,
  signal: AbortSignal,
): Promise<FromMetrics | undefined> {
  if (urls === undefined) return undefined
  output.progress(`reading metrics for ${over / 1_000} s`)
  try {
    return await readServers({ urls, prefix, over }, signal)
  } catch (error) {
    if (signal.aborted)
      throw new CouldNotRun(
        'stopped before the metrics were read twice',
        'let it run, or give a shorter --over',
      )
    throw error
  } finally {
    output.progress(undefined)
  }
}

/** Those that are done when it is told to stop. */
async function simulateAll(
  all: readonly Candidate[],
  scaled: Scaled,
  numbers: Numbers,
  { output, signal }: Session,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const candidate of all) {
    const simulation = simulate(candidate, scaled, numbers)
    for (let step = 1; ; step++) {
      output.progress(
        `${candidate.name}: run ${Math.min(step, scaled.runs)} of ${scaled.runs} (${rows.length + 1} of ${all.length}), Ctrl-C ends with what is known`,
      )
      const { done, value } = simulation.next()
      if (done) {
        rows.push(value)
        break
      }
      // Ctrl-C is heard between two runs.
      await turn()
      if (signal.aborted) return rows
    }
  }
  output.progress(undefined)
  return rows
}
