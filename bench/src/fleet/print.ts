import { newTable, printSheet, type Sheet } from '../print.js'
import { quantile } from '../statistics.js'
import type { Outcome } from './run.js'
import type { TickResult } from './tick.js'

export interface FleetResult {
  readonly name: string
  /** One for each seed. */
  readonly outcomes: readonly Outcome[]
}

export interface FleetResults {
  readonly simulated: readonly FleetResult[]
  readonly ticks: readonly TickResult[]
}

/** A line for each scenario: the median over the seeds, and the worst of them in brackets. */
export function fleetSheet(simulated: readonly FleetResult[]): Sheet {
  return {
    head: [
      'the fleet, simulated',
      'reconnects a connection',
      'hottest by rate',
      'by requests',
      'below 1.25 within',
      'reconnects/s of 1,000',
      'found in vain',
    ],
    alignment: 'lrrrrrr',
    rows: simulated.map(({ name, outcomes }) => {
      const show = (pick: (outcome: Outcome) => number, digits: number): string => {
        const values = outcomes.map(pick)
        const [middle, worst] = [quantile(values, 0.5), Math.max(...values)]
        if (Number.isNaN(middle)) return ''
        return `${middle.toFixed(digits)} (${worst.toFixed(digits)})`
      }
      return [
        name,
        show(({ perConnection }) => perConnection, 2),
        show(({ hottest }) => hottest, 3),
        show(({ counted }) => counted, 3),
        `${show(({ below }) => below, 0)} s`.replace('Infinity (Infinity) s', 'never'),
        show(({ perSecondAndThousand }) => perSecondAndThousand, 2),
        show(({ verdicts }) => verdicts, 0),
      ]
    }),
  }
}

export function printFleet({ simulated, ticks }: FleetResults): void {
  printSheet(fleetSheet(simulated))
  if (ticks.length === 0) return
  const costs = newTable(['one tick of a member', 'median', '99 % below'], 'lrr')
  for (const { connections, sheds, median, p99 } of ticks) {
    costs.push([
      `${connections} connections${sheds ? ', shedding' : ''}`,
      `${median.toFixed(2)} ms`,
      `${p99.toFixed(2)} ms`,
    ])
  }
  console.log(costs.toString())
}
