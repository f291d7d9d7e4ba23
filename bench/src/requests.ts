import { budgets, type Verdict, verdict } from './budgets.js'
import { type Comparison, type Effort, type Pair, playRound } from './comparison.js'
import { type Estimate, estimate, median } from './statistics.js'

/** What one comparison came to. */
export interface RequestsResult {
  readonly name: string
  /** Microseconds of CPU per request of the server that the other one is measured by. */
  readonly base: number
  /** The same of the server beside it. */
  readonly other: number
  /** `other / base`, of each pair of batches. */
  readonly ratio: Estimate
  /** `other - base` of each pair of batches, in nanoseconds per request. */
  readonly added: Estimate
  /** The median ratio of each round: fresh processes each time. */
  readonly ratioOfRounds: readonly number[]
  /** None where there is no budget: against a server of the same kind, and for what is seen of one. */
  readonly verdict: Verdict | undefined
}

/** What `pnpm bench requests` compares; first what the method makes of no difference at all. */
const comparisons: Readonly<Record<string, Comparison>> = {
  'node:http, bare twice': { server: 'node', base: 'bare', variant: 'bare' },
  'node:http': { server: 'node', base: 'bare', variant: 'evenkeel' },
  'node:http, watched': { server: 'node', base: 'bare', variant: 'watched' },
  'watched, not watched': { server: 'node', base: 'evenkeel', variant: 'watched' },
  'in a fleet, in none': { server: 'node', base: 'evenkeel', variant: 'fleet' },
  express: { server: 'express', base: 'nothing', variant: 'evenkeel' },
  koa: { server: 'koa', base: 'nothing', variant: 'evenkeel' },
  fastify: { server: 'fastify', base: 'bare', variant: 'evenkeel' },
}

/**
 * CPU per request with Even Keel, as a ratio to the bare server. The comparisons take turns by rounds, so that
 * whatever else the machine does meets all of them.
 *
 * @param progress told what comes next.
 */
export async function measureRequests(
  effort: Effort,
  progress: (step: string) => void,
): Promise<RequestsResult[]> {
  const played = Object.entries(comparisons).map(([name, comparison]) => ({
    name,
    comparison,
    rounds: [] as Pair[][],
  }))
  for (let round = 1; round <= effort.rounds; round++) {
    for (const { name, comparison, rounds } of played) {
      progress(`round ${round} of ${effort.rounds}: ${name}`)
      rounds.push(await playRound(comparison, effort, round % 2 === 0))
    }
  }
  return played.map(({ name, comparison, rounds }) => summarize(name, comparison, rounds))
}

function summarize(name: string, { base, variant }: Comparison, rounds: readonly Pair[][]): RequestsResult {
  const ratios = rounds.map((pairs) => pairs.map((pair) => pair.other / pair.base))
  const ratio = estimate(ratios)
  return {
    name,
    base: median(rounds.flat().map((pair) => pair.base)),
    other: median(rounds.flat().map((pair) => pair.other)),
    ratio,
    added: estimate(rounds.map((pairs) => pairs.map((pair) => (pair.other - pair.base) * 1000))),
    ratioOfRounds: ratios.map(median),
    verdict: base === variant || base === 'evenkeel' ? undefined : verdict(ratio.median, budgets.cpuRatio),
  }
}
