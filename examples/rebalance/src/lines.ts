import { thousands } from '@evenkeel/example-stage/words'
import type { Act } from './acts.js'
import { shares, sum } from './evenness.js'
import type { Plan } from './plan.js'
import type { Second } from './run.js'
import { headingOf, percent } from './words.js'

const countWidth = 10

/** What stands above the lines of a run. */
export function renderHeader(plan: Plan, act: Act): string {
  const servers = Array.from({ length: plan.servers }, (_, server) => nameServer(plan, server + 1))
  return `${headingOf(plan, act)}\n\n${renderRow(plan, 'second', servers, ['requests', 'opened'])}`
}

/** A second of a run as a line. */
export function renderSecond(plan: Plan, { second, requests, opened }: Second): string {
  const parts = shares(requests).map(percent)
  const toCome = Array.from({ length: plan.servers - parts.length }, () => '-')
  const counts = [thousands(sum(requests)), thousands(opened)]
  return `${renderRow(plan, String(second), [...parts, ...toCome], counts)}${tellPhase(plan, second)}`
}

function renderRow(plan: Plan, second: string, parts: readonly string[], counts: readonly string[]): string {
  const width = Math.max(5, nameServer(plan, plan.servers).length + 2)
  const cells = [
    ...parts.map((part) => part.padStart(width)),
    ...counts.map((count) => count.padStart(countWidth)),
  ]
  return `${second.padStart(8)}${cells.join('')}`
}

/** Short where many servers would not fit in 100 columns. */
function nameServer({ servers }: Plan, server: number): string {
  return servers > 5 ? `#${server}` : `server ${server}`
}

function tellPhase(plan: Plan, second: number): string {
  if (second === plan.scaleOutAt) return `   + ${plan.servers - plan.serversAtFirst} new`
  return second > plan.judgedFrom ? '   judged' : ''
}
