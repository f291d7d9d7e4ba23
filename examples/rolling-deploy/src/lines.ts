import type { Act } from '@evenkeel/example-stage/act'
import { thousands } from '@evenkeel/example-stage/words'
import { split, sum } from './departures.js'
import type { Plan } from './plan.js'
import type { Restart } from './run.js'
import { headingOf } from './words.js'

const steps = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/** What stands above the lines of a run. */
export function renderHeader(plan: Plan, act: Act): string {
  const columns = renderRow('round', 'server', 'connections', 'departures', 'later', 'requests', 'failed')
  return `${headingOf(plan, act)}\n\n${columns}`
}

/** A round of a run as a line. */
export function renderRestart(restart: Restart): string {
  const { within, behind } = split(restart.departures)
  const counts = [behind, restart.requests, restart.failed].map(thousands)
  const window = within.map((count) => renderStep(count, sum(restart.departures))).join('')
  return renderRow(
    `${restart.restart}`,
    `${restart.server}`,
    thousands(restart.connections),
    window,
    ...counts,
  )
}

function renderRow(...[round = '', server = '', ...cells]: readonly string[]): string {
  return `${round.padStart(8)}${server.padStart(9)}${cells.map((cell) => cell.padStart(13)).join('')}`
}

/** A fair part, a tenth of all, is the second step; the highest is four times that, or more. */
function renderStep(count: number, all: number): string {
  if (count === 0) return ' '
  const step = Math.round((count / all) * 10 * 2)
  return steps[Math.min(steps.length, Math.max(1, step)) - 1] ?? ''
}
