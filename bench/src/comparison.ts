import type { ServerName } from './server.js'
import { ServerProcess, type Variant } from './server-process.js'

/** What is compared with a bare server of the same kind. */
export interface Comparison {
  readonly server: ServerName
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
  readonly bare: number
  readonly other: number
}

/** Requests to each server before the measuring: by then the compiler has settled. */
const warmUp = 16_000

/**
 * One round: starts both servers, warms them up, and lets them answer batches in turn. Which of them is first
 * alternates, so that a machine that slows down or speeds up favours neither.
 *
 * @param reverse whether the bare server is the second to start and to answer.
 */
export async function playRound(
  { server, variant }: Comparison,
  effort: Effort,
  reverse: boolean,
): Promise<Pair[]> {
  const { requests, connections } = effort
  const variants: readonly Variant[] = reverse ? [variant, 'bare'] : ['bare', variant]
  const processes: ServerProcess[] = []
  for (const each of variants) processes.push(await ServerProcess.start(server, each, connections))
  const [bare, other] = (reverse ? processes.reverse() : processes) as [ServerProcess, ServerProcess]
  assertSameResponse(bare, other)
  const play = async (count: number): Promise<Pair[]> => {
    const pairs: Pair[] = []
    while (pairs.length < count)
      pairs.push(await playPair(bare, other, requests, reverse !== (pairs.length % 2 === 1)))
    return pairs
  }
  await play(Math.ceil(warmUp / requests))
  const pairs = await play(effort.pairs)
  await Promise.all([bare.stop(), other.stop()])
  return pairs
}

async function playPair(
  bare: ServerProcess,
  other: ServerProcess,
  requests: number,
  reverse: boolean,
): Promise<Pair> {
  const first = await (reverse ? other : bare).cpuPerRequest(requests)
  const second = await (reverse ? bare : other).cpuPerRequest(requests)
  return reverse ? { bare: second, other: first } : { bare: first, other: second }
}

/** Servers that send different bytes do different work, and their difference says nothing about Even Keel. */
function assertSameResponse(bare: ServerProcess, other: ServerProcess): void {
  if (bare.response === other.response) return
  throw new Error(`the responses differ:\n${bare.response}\n---\n${other.response}`)
}
