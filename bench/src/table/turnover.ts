import type { ServerOptions } from '@evenkeel/node'
import { budgets, type Verdict, verdict } from '../budgets.js'
import { Child } from '../child.js'
import { step } from '../statistics.js'
import { usualAddresses, withCrowd } from './crowd.js'
import type { Serving } from './server.js'
import type { AtOnce, SimulationAnswers } from './simulation.js'

/** What connections that have come and gone leave in the heap. */
export interface TurnoverResult {
  readonly name: string
  /** How many came and went between the first reading and the last. */
  readonly connections: number
  /** The heap at each reading, in bytes; nothing is open. */
  readonly heaps: readonly number[]
  /** What each connection left, in bytes. */
  readonly left: number
  /** None for the bare server. */
  readonly verdict: Verdict | undefined
}

export interface SimulationResult {
  readonly connections: number
  readonly atOnce: AtOnce
}

const simulated = 1_000_000

/** How many of the simulated connections are open at any moment. */
const simulatedOpen = 10_000

const real = 50_000

/** Readings of the heap behind the first. */
const stages = 5

/** Each connection serves two requests at most, so that of every other it is the server that ends it. */
const options: ServerOptions = { maxRequestsPerConnection: 2, jitter: 0, maxConnections: 14_000 }

/** A million connections open at once, in the table alone. */
export async function measureSimulation(progress: (step: string) => void): Promise<SimulationResult> {
  progress('a million simulated connections at once')
  return {
    connections: simulated,
    atOnce: await withSimulation((simulation) => simulation.ask('atOnce', simulated)),
  }
}

/** The heap before and after many connections. */
export async function measureTurnover(progress: (step: string) => void): Promise<TurnoverResult[]> {
  progress('a million simulated connections over time')
  const table = await withSimulation((simulation) =>
    read(simulated, (count) => simulation.ask('tracker', count, simulatedOpen)),
  )
  const counter = await withSimulation((simulation) =>
    read(simulated, (count) => simulation.ask('counter', count, simulatedOpen)),
  )
  progress('real connections over time: bare')
  const bare = await turnOver({})
  progress('real connections over time: with Even Keel')
  const attached = await turnOver({ options })
  return [
    summarize('simulated, table', simulated, table, true),
    summarize('simulated, plain counter', simulated, counter, true),
    summarize('real, bare', real, bare, false),
    summarize('real, with Even Keel', real, attached, true),
  ]
}

function withSimulation<Result>(
  work: (simulation: Child<SimulationAnswers>) => Promise<Result>,
): Promise<Result> {
  const child = new Child<SimulationAnswers>(new URL('./simulation.js', import.meta.url), [], ['--expose-gc'])
  return work(child).finally(() => child.stop())
}

function turnOver(serving: Serving): Promise<number[]> {
  return withCrowd(serving, async ({ server, client, port }) => {
    let requests = 0
    return read(real, async (count) => {
      requests += await client.ask('turnOver', port, count, usualAddresses)
      return (await server.ask('memory', 0, requests)).heap
    })
  })
}

/** The heap after a first stage, in which code is compiled and room allocated, and after each of the others. */
async function read(connections: number, stage: (count: number) => Promise<number>): Promise<number[]> {
  const heaps: number[] = []
  while (heaps.length <= stages) heaps.push(await stage(connections / stages))
  return heaps
}

function summarize(
  name: string,
  connections: number,
  heaps: readonly number[],
  isJudged: boolean,
): TurnoverResult {
  const left = step(heaps) / (connections / stages)
  return { name, connections, heaps, left, verdict: isJudged ? verdict(left, budgets.left) : undefined }
}
