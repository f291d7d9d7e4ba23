import type { Output } from '../command/output.js'
import type { Finding, Level } from './findings/finding.js'
import type { Setting } from './settings.js'
import type { Verdict } from './verdict.js'

const marks: Record<Level, string> = { fine: 'fine', note: 'note', bad: 'BAD', unknown: '?' }

export function printFindings(output: Output, findings: readonly Finding[]): void {
  const { green, yellow, red, dim } = output.colours
  const paint = { fine: green, note: yellow, bad: red, unknown: dim }
  for (const protocol of new Set(findings.map((finding) => finding.protocol))) {
    output.line()
    output.line(output.colours.bold(protocol === 'http/1' ? 'HTTP/1.1' : 'HTTP/2'))
    output.table(
      ['', 'looked at', 'seen', 'verdict', 'cure'],
      findings
        .filter((finding) => finding.protocol === protocol)
        .map(({ check, level, seen, verdict, cure = '' }) => [
          paint[level](marks[level]),
          check,
          seen,
          verdict,
          cure,
        ]),
    )
  }
}

export function printVerdict(output: Output, { level, sentences }: Verdict): void {
  const { green, red, dim } = output.colours
  const paint = { fine: green, bad: red, unknown: dim }
  output.line()
  output.line(paint[level](sentences.join(' ')))
}

export function printStopped(output: Output): void {
  output.line()
  output.line(output.colours.yellow('Stopped: incomplete. What is missing was not looked at.'))
}

export function printSettings(output: Output, settings: readonly Setting[], advice: string): void {
  output.line()
  output.line(output.colours.bold('What to set'))
  output.table(
    ['server', 'settings'],
    settings.map(({ server, text }) => [server, text]),
  )
  output.line(advice)
}
