import type { ServerName } from './server.js'
import { ServerProcess, type Variant } from './server-process.js'

/** Two servers of the same kind. */
export interface Comparison {
  readonly server: ServerName
  /** What the other one is measured by. */
  readonly base: Variant
  readonly variant: Variant
}

/** How much is measured. */
export interface Effort {
  /** Fresh processes for each comparison. */
  readonly rounds: number
  /** Pairs of batches in each round. */
  readonly pairs: number
  /** Requests in each batch. */
  readonly requests: number
  /** Keep-alive connections to each server. */
  readonly connections: number
}

/** Microseconds of CPU per request, in two batches that ran one after the other. */
export interface Pair {
  readonly base: number
  readonly other: number
}

/**
 * Requests to each server before the measuring: by then the compiler has settled. Between 16,000 and 32,000 requests it
 * works for about 6 microseconds per request (with Koa), and longer where there is more code.
 */
const warmUp = 32_000

/**
 * One round: starts both servers, warms them up, and lets them answer batches in turn. Which of them is first
 * alternates, so that a machine that slows down or speeds up favours neither.
 *
 * @param reverse whether the base is the second to start and to answer.
 */
export async function playRound(
  { server, base: first, variant }: Comparison,
  effort: Effort,
  reverse: boolean,
): Promise<Pair[]> {
  const { requests, connections } = effort
  const variants: readonly Variant[] = reverse ? [variant, first] : [first, variant]
  const processes: ServerProcess[] = []
  for (const each of variants) processes.push(await ServerProcess.start(server, each, connections))
  const [base, other] = (reverse ? processes.reverse() : processes) as [ServerProcess, ServerProcess]
  assertSameResponse(base, other)
  const play = async (count: number): Promise<Pair[]> => {
    const pairs: Pair[] = []
    while (pairs.length < count)
      pairs.push(await playPair(base, other, requests, reverse !== (pairs.length % 2 === 1)))
    return pairs
  }
  await play(Math.ceil(warmUp / requests))
  const pairs = await play(effort.pairs)
  await Promise.all([base.stop(), other.stop()])
  return pairs
}

async function playPair(
  base: ServerProcess,
  other: ServerProcess,
  requests: number,
  reverse: boolean,
): Promise<Pair> {
  const first = await (reverse ? other : base).cpuPerRequest(requests)
  const second = await (reverse ? base : other).cpuPerRequest(requests)
  return reverse ? { base: second, other: first } : { base: first, other: second }
}

/** Servers that send different bytes do different work, and their difference says nothing about Even Keel. */
function assertSameResponse(base: ServerProcess, other: ServerProcess): void {
  if (base.response === other.response) return
  throw new Error(`the responses differ:\n${base.response}\n---\n${other.response}`)
}
