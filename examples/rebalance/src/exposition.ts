/** One line of what Prometheus reads. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/**
 * Reads the samples of Prometheus' text format
 * (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format); comments and times are left out.
 *
 * @throws Error for a line that is none of the format.
 */
export function parseExposition(text: string): Sample[] {
  return text.split('\n').flatMap((line) => (/^\s*(#|$)/.test(line) ? [] : [parseSample(line)]))
}

const sample = /^\s*(?<name>[a-zA-Z_:][\w:]*)\s*(?:\{(?<labels>.*)\})?\s+(?<value>\S+)(?:\s+-?\d+)?\s*$/
const label = /([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"/g
const escaped: Readonly<Record<string, string>> = { '\\n': '\n', '\\"': '"', '\\\\': '\\' }

function parseSample(line: string): Sample {
  const { name, labels = '', value } = sample.exec(line)?.groups ?? {}
  if (name === undefined || value === undefined)
    throw new Error(`this is no sample of Prometheus' format: ${line}`)
  const pairs = [...labels.matchAll(label)].map(([, key, text]) => [key, plain(text ?? '')])
  return { name, labels: Object.fromEntries(pairs), value: parseValue(value) }
}

function plain(text: string): string {
  return text.replaceAll(/\\./g, (pair) => escaped[pair] ?? pair)
}

function parseValue(value: string): number {
  return Number(value.replace(/Inf$/, 'Infinity'))
}
