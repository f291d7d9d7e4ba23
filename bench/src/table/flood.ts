import { setTimeout as wait } from 'node:timers/promises'
import { defaults } from '@evenkeel/node'
import { type Estimate, estimate, median } from '../statistics.js'
import type { Fared } from './client.js'
import { usualAddresses, withCrowd } from './crowd.js'
import { playRounds } from './rounds.js'
import type { Occupied, Serving } from './server.js'

/** What became of the connections, and of those that had to make room for them. */
export interface FloodResult {
  /** Connections that were there before. */
  readonly held: number
  readonly newcomers: number
  readonly maxConnections: number
  readonly evicted: number
  readonly refused: number
  readonly figures: readonly FloodFigure[]
}

/** One figure of the servers during the flood, in milliseconds. */
export interface FloodFigure {
  readonly name: string
  readonly bare: number
  /** A server that makes room as well, in the simplest way. */
  readonly closing: number
  readonly other: number
  /** Of each round. */
  readonly toBare: Estimate
  readonly toClosing: Estimate
}

interface Flood extends Occupied, Fared {}

const held = 13_000
const newcomers = 5_000

/** What is held leaves more than a sixteenth free, so that all room is made during the flood. */
const maxConnections = 14_000

/** As many as Even Keel closes: it keeps a sixteenth free. */
const atMost = maxConnections - maxConnections / 16

const variants: readonly Serving[] = [{}, { atMost }, { options: { maxConnections } }]

const figures: Readonly<Record<string, (flood: Flood) => number>> = {
  'event-loop delay, median': ({ delay }) => delay.p50,
  'event-loop delay, 99 % below': ({ delay }) => delay.p99,
  'event-loop delay, longest': ({ delay }) => delay.max,
  'CPU of the server': ({ cpu }) => cpu,
  'until all are answered': ({ milliseconds }) => milliseconds,
}

/** What many connections at once do to a server that holds many, and to one that may not hold more. */
export async function measureFlood(rounds: number, progress: (step: string) => void): Promise<FloodResult> {
  const [bare = [], closing = [], other = []] = await playRounds(variants, rounds, (variant, round) => {
    progress(`a flood of connections, ${round}`)
    return play(variant)
  })
  return {
    held,
    newcomers,
    maxConnections,
    evicted: median(other.map(({ evicted }) => evicted)),
    refused: median(other.map(({ refused }) => refused)),
    figures: Object.entries(figures).map(([name, of]) => ({
      name,
      bare: median(bare.map(of)),
      closing: median(closing.map(of)),
      other: median(other.map(of)),
      toBare: ratio(other.map(of), bare.map(of)),
      toClosing: ratio(other.map(of), closing.map(of)),
    })),
  }
}

function play(serving: Serving): Promise<Flood> {
  return withCrowd(serving, async ({ server, client, port }) => {
    await client.ask('hold', port, held, usualAddresses)
    // Before that no connection would make room.
    await wait(defaults.quietGuard)
    await server.ask('watch')
    const fared = await client.ask('flood', port, newcomers, usualAddresses)
    return { ...(await server.ask('occupied')), ...fared }
  })
}

function ratio(values: readonly number[], to: readonly number[]): Estimate {
  return estimate(values.map((value, round) => [value / (to[round] ?? Number.NaN)]))
}
