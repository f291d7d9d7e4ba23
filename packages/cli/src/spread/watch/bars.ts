import type { Colours } from '../../command/output.js'
import type { Plan } from '../plan.js'
import { many, percent, shown } from '../tell/words.js'
import { type Arrival, count, findArrivals, waited } from './arrivals.js'
import type { Second } from './second.js'

const barWidth = 30
const longestHistory = 35
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const
const steps = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/** What a terminal shows: for each server its share of the requests over kept connections, now and before. */
export function renderBars(
  colours: Colours,
  plan: Plan,
  known: readonly string[],
  seconds: readonly Second[],
): string {
  const arrivals = findArrivals(known, seconds)
  const servers = [...known, ...arrivals.map(({ server }) => server)]
  const label = Math.max(...servers.map((server) => shown(server).length)) + 2
  const lines = servers.map((server) => {
    const arrival = arrivals.find((each) => each.server === server)
    const shares = seconds
      .slice(-longestHistory)
      .map(({ kept }) => count(kept, server) / Math.max(1, kept.length))
    const share = shares.at(-1) ?? 0
    const overFair = share * servers.length
    const paint = overFair > 1.5 ? colours.red : overFair < 0.5 ? colours.yellow : colours.green
    const scale = Math.min(1, 1.5 / known.length)
    const history = shares.map((part) => step(part / scale)).join('')
    const bar = renderBar(share / scale, 1 / servers.length / scale)
    return `  ${shown(server).padEnd(label)}${paint(bar)} ${percent(share).padStart(5)}  ${paint(history)}${wait(arrival, seconds)}`
  })
  const heading = `${''.padEnd(label)}${'share over kept connections (┊ fair)'.padEnd(barWidth)}   now  second by second`
  return [`  ${colours.dim(heading)}`, ...lines, '', `  ${colours.dim(foot(plan, seconds))}`].join('\n')
}

/** A line of a second, where there is no terminal. */
export function renderLine(known: readonly string[], seconds: readonly Second[]): string {
  const { kept = [] } = seconds.at(-1) ?? {}
  const arrivals = findArrivals(known, seconds)
  const servers = [...known, ...arrivals.map(({ server }) => server)]
  const shares = servers.map((server) => {
    const arrival = arrivals.find((each) => each.server === server)
    return `${shown(server)} ${percent(count(kept, server) / Math.max(1, kept.length))}${wait(arrival, seconds)}`
  })
  return [`${seconds.length} s`, ...shares].join('  ')
}

function wait(arrival: Arrival | undefined, seconds: readonly Second[]): string {
  if (arrival === undefined) return ''
  const time = `${waited(arrival, seconds.length)} s`
  return arrival.shared === undefined ? ` (new, waits for ${time})` : ` (new, has waited ${time})`
}

function foot(plan: Plan, seconds: readonly Second[]): string {
  const { kept = [], fresh = [], reopened = 0 } = seconds.at(-1) ?? {}
  const sent = `${many(kept.length, 'request')} over kept connections, ${reopened} of them reopened`
  return `second ${seconds.length} of ${plan.watch}; ${sent}; ${many(fresh.length, 'new connection')}; Ctrl-C ends it`
}

function renderBar(part: number, fair: number): string {
  const length = Math.round(Math.min(1, part) * barWidth * 8)
  const filled = '█'.repeat(Math.floor(length / 8)) + eighths[length % 8]
  const mark = Math.round(fair * barWidth)
  const rest = Array.from({ length: barWidth - filled.length }, (_, cell) =>
    cell + filled.length === mark ? '┊' : ' ',
  )
  return filled + rest.join('')
}

function step(part: number): string {
  return steps[Math.min(steps.length - 1, Math.floor(part * steps.length))] ?? ''
}
