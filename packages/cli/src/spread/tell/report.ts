import type { Output } from '../../command/output.js'
import type { Verdict } from '../judge/verdict.js'
import type { Finding, Level } from './finding.js'
import { percent, shown } from './words.js'

const marks: Readonly<Record<Level, string>> = { fine: 'fine', note: 'note', bad: 'BAD', unknown: '?' }

/** Prints what each server got. */
export function printServers(output: Output, { servers, reach }: Verdict): void {
  // At layer 4 the requests of a server are those of its connections, of which some were closed on purpose.
  const counts = servers.map(({ requests, connections }) => (reach === 'many' ? requests : connections))
  const all = counts.reduce((sum, count) => sum + count, 0)
  const cell = (count: number, what: string): string =>
    output.isTerminal ? String(count) : `${count} ${what}`
  output.line()
  output.table(
    ['server', 'connections', 'requests', 'share'],
    servers.map(({ name, connections, requests }, place) => [
      ...[shown(name), cell(connections, 'connections'), cell(requests, 'requests')],
      percent((counts[place] ?? 0) / all),
    ]),
  )
}

export function printFindings(output: Output, findings: readonly Finding[]): void {
  const { green, yellow, red, dim } = output.colours
  const paint = { fine: green, note: yellow, bad: red, unknown: dim }
  output.line()
  output.table(
    ['', 'looked at', 'seen', 'verdict', 'cure'],
    findings.map(({ check, level, seen, verdict, cure = '' }) => [
      ...[paint[level](marks[level]), check, seen, verdict, cure],
    ]),
  )
  output.line()
}
