import { parser } from '@prometheus-io/lezer-promql'
import { instruments, type Name } from '#instruments'

/** What an expression reads. */
export interface Selectors {
  readonly metrics: readonly string[]
  /** Every label that is matched, grouped by or joined on. */
  readonly labels: readonly string[]
}

/** Reads an expression with Prometheus' own grammar; an error if it is none. */
export function parseExpression(expr: string): Selectors {
  // Grafana fills these in: the first two are durations, the others stand in strings.
  const text = expr.replaceAll(/\$__(rate_interval|range)/g, '5m')
  const metrics: string[] = []
  const labels: string[] = []
  parser.parse(text).iterate({
    enter({ name, type, from, to, node }) {
      if (type.isError) throw new Error(`no PromQL at ${from}: ${text}`)
      const content = text.slice(from, to)
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') metrics.push(content)
      if (name === 'LabelName') labels.push(content)
    },
  })
  return { metrics, labels }
}

/** The names that a metric is exposed under, with the labels of each. */
export const exposed: ReadonlyMap<string, readonly string[]> = new Map(
  (Object.keys(instruments) as Name[]).flatMap((name): [string, readonly string[]][] => {
    const instrument = instruments[name]
    const base = `evenkeel_${name}`
    return instrument.kind === 'histogram'
      ? [
          [`${base}_bucket`, ['le']],
          [`${base}_sum`, []],
          [`${base}_count`, []],
        ]
      : [[base, instrument.labels.map((label) => label.name)]]
  }),
)

/** The labels that Prometheus itself gives a series. */
const targetLabels = ['job', 'instance']

/** What is wrong with an expression: metrics that there are none of, labels that its metrics do not have. */
export function problemsOf(expr: string): string[] {
  const { metrics, labels } = parseExpression(expr)
  const known = new Set([...targetLabels, ...metrics.flatMap((name) => exposed.get(name) ?? [])])
  return [
    ...(metrics.length === 0 ? ['reads no metric'] : []),
    ...metrics.filter((name) => !exposed.has(name)).map((name) => `${name} is no metric`),
    ...labels
      .filter((label) => !known.has(label))
      .map((label) => `${label} is no label of ${metrics.join(', ')}`),
  ]
}
