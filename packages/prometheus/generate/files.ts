import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { instruments } from '#instruments'
import { alerts } from './alerts.js'
import { buildDashboard } from './dashboard.js'

const root = join(__dirname, '..', '..')

/** Every file that is made from the list of instruments, by its path, as it should be. */
export function files(): ReadonlyMap<string, string> {
  const readme = join(root, 'README.md')
  return new Map([
    [join(root, 'dashboard.json'), `${JSON.stringify(buildDashboard(), undefined, 2)}\n`],
    [join(root, 'alerts.yml'), alertsFile()],
    [readme, withTable(readFileSync(readme, 'utf8'))],
  ])
}

function alertsFile(): string {
  const head = '# Alerts for the metrics of @evenkeel/prometheus, with their default prefix.\n'
  return head + stringify({ groups: [{ name: 'evenkeel', rules: alerts }] }, { lineWidth: 110 })
}

/** The README with the table of metrics between its two marks. */
function withTable(readme: string): string {
  const rows = Object.entries(instruments).map(([name, instrument]) => {
    const labels =
      instrument.kind === 'histogram' ? [] : instrument.labels.map((label) => `\`${label.name}\``)
    return [
      `\`evenkeel_${name}\``,
      instrument.kind,
      labels.join(', '),
      instrument.help,
      `\`evenkeel.${instrument.attribute}\``,
    ]
  })
  const table = [
    ['metric', 'kind', 'labels', 'meaning', 'in OpenTelemetry'],
    ['---', '---', '---', '---', '---'],
    ...rows,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
  return readme.replace(
    /(<!-- metrics -->\n).*(\n<!-- end -->)/s,
    (_, before: string, after: string) => `${before}\n${table}\n${after}`,
  )
}
