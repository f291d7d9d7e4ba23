import { assertDescriptors } from './table/descriptors.js'
import { type FloodResult, measureFlood } from './table/flood.js'
import { type MemoryResult, measureMemory } from './table/memory.js'
import { measureSweep, type SweepResult } from './table/sweep.js'
import {
  measureSimulation,
  measureTurnover,
  type SimulationResult,
  type TurnoverResult,
} from './table/turnover.js'

/** What the table of connections comes to when there are many. */
export interface TableResult {
  readonly memory: readonly MemoryResult[]
  readonly sweep: readonly SweepResult[]
  readonly flood: FloodResult
  readonly simulation: SimulationResult
  readonly turnover: readonly TurnoverResult[]
}

/** @param progress told what comes next. */
export async function measureTable(rounds: number, progress: (step: string) => void): Promise<TableResult> {
  assertDescriptors()
  return {
    memory: await measureMemory(rounds, progress),
    sweep: await measureSweep(rounds, progress),
    flood: await measureFlood(rounds, progress),
    simulation: await measureSimulation(progress),
    turnover: await measureTurnover(progress),
  }
}
