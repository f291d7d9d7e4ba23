import type { Act } from '@evenkeel/example-stage/act'
import { thousands } from '@evenkeel/example-stage/words'
import type { Plan } from './plan.js'
import { type Second, sum } from './run.js'
import { headingOf } from './words.js'

const columns = ['second', 'open', 'machine', 'leaked', 'served', 'failed', 'reopened', 'evicted', 'refused']

/** What stands above the lines of a run. */
export function renderHeader(plan: Plan, act: Act): string {
  return `${headingOf(plan, act)}\n\n${renderRow(columns)}`
}

/** A second of a run as a line: sockets open now, everything else since the run began. */
export function renderSecond({ second, sockets, machine, leaked, traffic }: Second): string {
  const { open, evicted, refused } = sockets
  const { served, keptFailures, freshFailures, reopened } = traffic
  const failed = sum(keptFailures, freshFailures)
  const counts = [second, open, machine, leaked.opened, served, failed, reopened, evicted, refused]
  return renderRow(counts.map((count) => (count === undefined ? '-' : thousands(count))))
}

function renderRow(cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(10)).join('')
}
