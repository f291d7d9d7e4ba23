import { budgets, type Verdict, verdict } from '../budgets.js'
import { type Estimate, estimate, median } from '../statistics.js'
import { usualAddresses, withCrowd } from './crowd.js'
import { playRounds } from './rounds.js'
import type { Serving } from './server.js'
import type { Memory } from './settled-memory.js'

/** What an open connection comes to, in bytes. */
export interface MemoryResult {
  readonly name: string
  readonly heap: number
  readonly resident: number
  /** More than in the bare server of the same round. */
  readonly addedHeap: Estimate
  readonly addedResident: Estimate
  /** By round. */
  readonly addedHeaps: readonly number[]
  readonly addedResidents: readonly number[]
  /** None for the comparison of a server with itself. */
  readonly verdict: Verdict | undefined
}

interface Variant extends Serving {
  readonly name: string
  readonly addresses: number
}

/** How many connections are held: what fits into 20 000 descriptors beside a process's own. */
export const connections = 18_000

const variants: readonly Variant[] = [
  { name: 'bare', addresses: usualAddresses },
  { name: 'bare again', addresses: usualAddresses },
  { name: 'default options', options: {}, addresses: usualAddresses },
  { name: 'maxConnections', options: { maxConnections: 20_000 }, addresses: usualAddresses },
  { name: 'an address each', options: { maxConnections: 20_000 }, addresses: connections },
]

/** The memory of an open connection that has made one request and is idle, above what it takes in a bare server. */
export async function measureMemory(
  rounds: number,
  progress: (step: string) => void,
): Promise<MemoryResult[]> {
  const [bare = [], ...others] = await playRounds(variants, rounds, (variant, round) => {
    progress(`memory of ${connections} connections, ${round}: ${variant.name}`)
    return memoryPerConnection(variant)
  })
  return others.map((memories, index) => summarize(variants[index + 1] as Variant, memories, bare))
}

function memoryPerConnection({ addresses, ...serving }: Variant): Promise<Memory> {
  return withCrowd(serving, async ({ server, client, port }) => {
    const before = await server.ask('memory', 0, 0)
    await client.ask('hold', port, connections, addresses)
    const after = await server.ask('memory', connections, connections)
    return {
      heap: (after.heap - before.heap) / connections,
      resident: (after.resident - before.resident) / connections,
    }
  })
}

function summarize(
  { name, options }: Variant,
  memories: readonly Memory[],
  bare: readonly Memory[],
): MemoryResult {
  const added = (kind: keyof Memory) =>
    memories.map((memory, round) => memory[kind] - (bare[round]?.[kind] ?? Number.NaN))
  const addedHeap = estimate(added('heap').map((value) => [value]))
  return {
    name,
    heap: median(memories.map(({ heap }) => heap)),
    resident: median(memories.map(({ resident }) => resident)),
    addedHeap,
    addedResident: estimate(added('resident').map((value) => [value])),
    addedHeaps: added('heap'),
    addedResidents: added('resident'),
    verdict: options && verdict(addedHeap.median, budgets.memory),
  }
}
