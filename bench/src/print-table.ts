import { interval, newTable, words } from './print.js'
import type { Estimate } from './statistics.js'
import type { FloodResult } from './table/flood.js'
import { connections as held, type MemoryResult } from './table/memory.js'
import type { SweepResult } from './table/sweep.js'
import type { SimulationResult, TurnoverResult } from './table/turnover.js'
import type { TableResult } from './table.js'

export function printTable({ memory, sweep, flood, simulation, turnover }: TableResult): void {
  printMemory(memory)
  printSweep(sweep)
  printFlood(flood)
  printSimulation(simulation)
  printTurnover(turnover)
}

function printMemory(results: readonly MemoryResult[]): void {
  const table = newTable(
    [
      `memory of one of ${grouped(held)}`,
      'heap',
      'above bare',
      '95 % interval',
      'resident',
      '95 % interval',
      'budget',
    ],
    'lrrrrrl',
  )
  for (const { name, heap, addedHeap, addedResident, verdict } of results) {
    table.push([
      name,
      bytes(heap),
      bytes(addedHeap.median),
      interval(addedHeap, 0),
      bytes(addedResident.median),
      interval(addedResident, 0),
      words(verdict, 0, addedHeap),
    ])
  }
  console.log(table.toString())
}

function printSweep(results: readonly SweepResult[]): void {
  const table = newTable(['time of one sweep', 'median', '99 % below', 'slowest', 'budget'], 'lrrrl')
  for (const { connections, expired, median, p99, slowests, verdict } of results) {
    table.push([
      `${grouped(connections)} ${expired ? 'silent ones, all expired' : 'connections'}`,
      `${median.toFixed(3)} ms`,
      `${p99.toFixed(3)} ms`,
      `${Math.max(...slowests).toFixed(3)} ms`,
      words(verdict, 3),
    ])
  }
  console.log(table.toString())
}

function printFlood({ held, newcomers, evicted, refused, figures }: FloodResult): void {
  const table = newTable(
    [
      `${grouped(newcomers)} more than ${grouped(held)}`,
      'bare',
      'bare, closing',
      'with Even Keel',
      'ratio to bare',
      'to closing',
    ],
    'lrrrrr',
  )
  for (const { name, bare, closing, other, toBare, toClosing } of figures) {
    table.push([
      name,
      `${bare.toFixed(1)} ms`,
      `${closing.toFixed(1)} ms`,
      `${other.toFixed(1)} ms`,
      ratio(toBare),
      ratio(toClosing),
    ])
  }
  table.push(['evicted', '', '', grouped(evicted), '', ''], ['refused', '', '', grouped(refused), '', ''])
  console.log(table.toString())
}

function printSimulation({ connections, atOnce }: SimulationResult): void {
  const table = newTable([`${grouped(connections)} at once, simulated`, 'memory', 'open', 'close'], 'lrrr')
  table.push(['one', bytes(atOnce.memory), `${atOnce.open.toFixed(0)} ns`, `${atOnce.close.toFixed(0)} ns`])
  console.log(table.toString())
}

function printTurnover(results: readonly TurnoverResult[]): void {
  const table = newTable(
    ['opened and closed', 'connections', 'heap before', 'heap after', 'left by one', 'budget'],
    'lrrrrl',
  )
  for (const { name, connections, heaps, left, verdict } of results) {
    table.push([
      name,
      grouped(connections),
      megabytes(heaps[0]),
      megabytes(heaps.at(-1)),
      `${left.toFixed(1)} B`,
      words(verdict, 1),
    ])
  }
  console.log(table.toString())
}

function ratio(value: Estimate): string {
  return `${value.median.toFixed(2)} (${interval(value, 2)})`
}

function bytes(value: number): string {
  return `${value.toFixed(0)} B`
}

function megabytes(value: number | undefined): string {
  return value === undefined ? '' : `${(value / 1e6).toFixed(2)} MB`
}

function grouped(value: number): string {
  return value.toLocaleString('en').replaceAll(',', ' ')
}
