import type { FleetResult, FleetResults } from './fleet/print.js'
import { run } from './fleet/run.js'
import { type Line, lines, million } from './fleet/scenarios.js'
import { measureTicks } from './fleet/tick.js'

/** Above so many clients one seed is enough: they differ less, and take longer. */
const many = 10_000

/** The fleet's rule in simulated minutes, and the time of one tick. */
export function simulateFleet(seeds: number, progress: (step: string) => void): FleetResults {
  return { simulated: lines.map((line) => simulate(line, seeds, progress)), ticks: measureTicks() }
}

export function simulateMillion(progress: (step: string) => void): FleetResults {
  return { simulated: [simulate(million, 1, progress)], ticks: [] }
}

function simulate({ name, scenario }: Line, seeds: number, progress: (step: string) => void): FleetResult {
  const count = scenario.clients > many ? 1 : seeds
  const outcomes = Array.from({ length: count }, (_, i) => {
    progress(`${name}, seed ${i + 1} of ${count}`)
    return run({ ...scenario, seed: i + 1 })
  })
  return { name, outcomes }
}
