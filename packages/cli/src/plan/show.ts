import type { Output } from '../command/output.js'
import type { Flags } from './flags.js'
import type { FromMetrics } from './from/read.js'
import type { Numbers } from './numbers.js'
import { pasteOf } from './paste.js'
import type { Advice } from './recommend.js'
import type { Scaled } from './scale.js'
import { horizon, longestLife, type Row } from './simulate.js'
import { percent, short, tellDuration, thousands } from './words.js'

const head = [
  '',
  'even after',
  'hottest / mean',
  'reconnects / s',
  'at most',
  'CPU',
  'life p50',
  'by formula',
  'life p99',
]

/** What was read, and what was not and has to be given. */
export function showRead(output: Output, flags: Flags, read: FromMetrics, numbers: Numbers): void {
  const { from = [], over } = flags
  const who = from.length === 1 ? 'One server shows' : `${from.length} servers show on average`
  output.line(
    `${who} ${short(read.connections)} connections, ${short(read.rate)} requests and ${short(read.opened)} new connections a second, over ${tellDuration(over)}.`,
  )
  if (flags.servers === undefined)
    output.line(
      `There are ${numbers.servers} servers: ${from.length === 1 ? 'its fleet says so' : 'so many were read or are in their fleet'}.`,
    )
  const assumed = [
    ...(flags.to === undefined ? [`--to ${numbers.to}`] : []),
    ...(flags.clients === undefined ? [`--clients ${numbers.clients}`] : []),
    `--skew ${numbers.skew}`,
    `--handshake ${numbers.handshake}ms`,
    `--balancer ${numbers.balancer.replace(' ', '-')}`,
  ]
  output.line(`Metrics do not tell these, give what you know: ${assumed.join(', ')}.`)
}

/** What the plan is made of. */
export function showNumbers(output: Output, numbers: Numbers, scaled: Scaled): void {
  const { servers, to, connections, clients, rate, skew, balancer } = numbers
  const crowd = clients === connections ? 'each of a client of its own' : `of ${thousands(clients)} clients`
  const alike = skew === 0 ? 'all alike' : `unequal by a skew of ${skew}`
  output.line(
    `${servers} servers become ${to}, behind a balancer that chooses by ${balancer === 'random' ? 'chance' : balancer}.`,
  )
  output.line(
    `${thousands(connections)} connections, ${crowd}, ${alike}: ${short(rate)} requests a second, ${short(rate / connections)} on each.`,
  )
  if (scaled.servers > 1 || scaled.connections > 1) output.line(tellScale(scaled))
  output.line()
}

function tellScale({ numbers, servers, connections }: Scaled): string {
  const { servers: fewer, to, connections: simulated } = numbers
  const size = `Simulated at a smaller size: ${fewer} servers that become ${to}, ${thousands(simulated)} connections.`
  const chance = ' With fewer connections for each server chance weighs more: the hottest is an upper bound.'
  const few = ' With fewer servers the hottest of them is a little cooler.'
  return size + (servers > 1 ? few : '') + (connections > 1.05 ? chance : '')
}

export function showRows(output: Output, rows: readonly Row[], { within }: Numbers): void {
  const cells = rows.map((row) => cellsOf(row, Math.max(horizon, within)))
  const lines = align([head, ...cells])
  if (output.isTerminal && lines.some(({ length }) => length > output.width)) {
    output.table(head, cells)
    return
  }
  for (const [place, line] of lines.entries()) output.line(place === 0 ? output.colours.bold(line) : line)
}

export function showAdvice(output: Output, { row, second, why }: Advice, numbers: Numbers): void {
  const { bold } = output.colours
  const even = 'even: the new servers have four fifths of their fair share'
  const cpu = `CPU: of one core of each server, at ${tellHandshake(numbers)} for a new connection`
  output.line(`  ${even}; hottest / mean, reconnects / s and CPU: from then on`)
  output.line(`  ${cpu}; life: of a connection, and what it takes by the median client's rate`)
  output.line()
  output.line(row === undefined ? why : `${bold(`Take ${row.candidate.phrase}.`)} ${why}`)
  for (const [each, text] of [
    [row, 'In a program:'],
    [second, 'Without a store:'],
  ] as const) {
    const paste = each && pasteOf(each.candidate)
    if (paste === undefined) continue
    output.line()
    output.line(`${text.padEnd(17)} ${bold(paste.program)}`)
    output.line(`${'Without a change:'.padEnd(17)} ${bold(paste.environment)}`)
  }
}

function tellHandshake({ handshake }: Numbers): string {
  return `${short(handshake)} ms`
}

function cellsOf(row: Row, longest: number): string[] {
  const { candidate, evenAfter, newShare, hottestOverMean, life } = row
  return [
    candidate.name,
    evenAfter < Infinity ? tellDuration(evenAfter) : tellNever(row, newShare, longest),
    hottestOverMean.toFixed(2),
    short(row.reconnectsPerSecond),
    short(row.reconnectsPerSecondAtMost),
    percent(row.cpuShare),
    tellLife(life.p50),
    tellLife(life.byFormula),
    tellLife(life.p99),
  ]
}

function tellNever({ candidate }: Row, newShare: number, longest: number): string {
  const share = `${percent(Math.round(newShare * 100) / 100)}`
  return candidate.kind === 'none' ? 'never' : `not in ${tellDuration(longest)} (${share})`
}

function tellLife(life: number): string {
  if (life === Infinity) return 'no end'
  return life > longestLife ? `over ${tellDuration(longestLife)}` : tellDuration(life)
}

/** Columns of equal width: unlike in a table, nothing stands between them. */
function align(rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}
