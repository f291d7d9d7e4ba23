import { markdownTable } from 'markdown-table'
import type { Machine } from '../machine.js'
import { describeMachine } from '../print.js'
import type { PeersResults } from './measure.js'
import { remarks } from './print.js'
import { alignment, head, rows } from './rows.js'

const begin = '<!-- measured by `pnpm bench peers --write` -->'
const end = '<!-- end of what was measured -->'

/** The page with its measured part written anew. What stands around the two marks is left alone. */
export function rewrite(page: string, measured: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`the page has no ${begin} with ${end} behind it: add both`)
  return `${page.slice(0, from)}${begin}\n\n${measured}\n\n${page.slice(to)}`
}

/** The table, and where and when it was measured, as Markdown. */
export function measuredPart(results: PeersResults, machine: Machine, date: Date): string {
  const versions = Object.entries(results.versions).map(([program, version]) => `${program} ${version}`)
  const { clients, pace, parts } = results.plan
  const load = `${clients} clients, ${pace} requests per second each, ${Math.round(parts.judged / 1_000)} seconds judged`
  return [
    markdownTable([[...head], ...rows(results)], { align: [...alignment] }),
    ...remarks(results),
    `Measured on ${date.toISOString().slice(0, 10)}: ${load}. ${describeMachine(machine)}. ${versions.join(', ')}.`,
  ].join('\n\n')
}
