import { type Colour, paint } from '@evenkeel/example-stage/paint'
import { thousands } from '@evenkeel/example-stage/words'
import type { Act } from './acts.js'
import { shares, sum } from './evenness.js'
import type { Plan } from './plan.js'
import type { Second } from './run.js'
import { finePercent, headingOf } from './words.js'

const labelWidth = 11
const barWidth = 40
const longestHistory = 35
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const
const steps = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const legend = `${''.padEnd(labelWidth)}${'share of requests (┊ fair)'.padEnd(barWidth)}    now  second by second`

/** A frame of the live view: for each server a bar for the second that has passed, and the seconds before it. */
export function renderBars(plan: Plan, act: Act, seconds: readonly Second[]): string {
  const servers = Array.from({ length: plan.servers }, (_, server) => renderServer(plan, server, seconds))
  return [
    `  ${paint('bold', headingOf(plan, act))}`,
    '',
    `  ${paint('dim', legend)}`,
    ...servers,
    '',
    `  ${paint('dim', renderFoot(plan, seconds))}`,
  ].join('\n')
}

function renderServer(plan: Plan, server: number, seconds: readonly Second[]): string {
  const label = `server ${server + 1}`.padEnd(labelWidth)
  const past = seconds.slice(-longestHistory).map(({ requests }) => shares(requests)[server])
  const share = past.at(-1)
  if (share === undefined) return `  ${paint('dim', label)}`
  const fair = 1 / (seconds.at(-1)?.requests.length ?? plan.servers)
  const colour = colourOf(share / fair)
  const history = past.map((part) => (part === undefined ? ' ' : renderStep(part / fullScale(plan))))
  const bar = renderBar(share / fullScale(plan), fair / fullScale(plan), colour)
  return `  ${label}${bar} ${finePercent(share).padStart(6)}  ${paint(colour, history.join(''))}`
}

/** Both from 0 to 1 of the bar's width; the mark of the fair share shows where the bar does not cover it. */
function renderBar(part: number, fair: number, colour: Colour): string {
  const length = Math.round(Math.min(1, part) * barWidth * 8)
  const filled = '█'.repeat(Math.floor(length / 8)) + eighths[length % 8]
  const mark = Math.round(fair * barWidth)
  const rest = Array.from({ length: barWidth - filled.length }, (_, cell) =>
    cell + filled.length === mark ? '┊' : ' ',
  )
  return paint(colour, filled) + paint('dim', rest.join(''))
}

function renderStep(part: number): string {
  return steps[Math.min(steps.length - 1, Math.floor(part * steps.length))] ?? ''
}

/** Room for a quarter more than the few servers of the beginning have. */
function fullScale({ serversAtFirst }: Plan): number {
  return Math.min(1, 1.25 / serversAtFirst)
}

function colourOf(overFair: number): Colour {
  if (overFair > 1.5) return 'red'
  return overFair < 0.5 ? 'yellow' : 'green'
}

function renderFoot(plan: Plan, seconds: readonly Second[]): string {
  const { requests, opened } = seconds.at(-1) ?? { requests: [], opened: 0 }
  const clock = `second ${seconds.length} of ${plan.seconds}, ${tellPhase(plan, seconds.length)}`
  return `${clock}; ${thousands(sum(requests))} requests/s, ${thousands(opened)} connections opened`
}

function tellPhase(plan: Plan, second: number): string {
  if (second < plan.scaleOutAt) return 'warm-up'
  if (second === plan.scaleOutAt) return `scaling out to ${plan.servers} servers`
  return second <= plan.judgedFrom ? 'scaled out' : 'judged'
}
