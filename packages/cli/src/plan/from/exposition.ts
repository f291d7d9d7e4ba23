/** One line of what Prometheus reads. */
export interface Sample {
  readonly name: string
  readonly value: number
}

/**
 * Reads the samples of Prometheus' text format, without their labels
 * (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format). A line of something else is none.
 */
export function readExposition(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const { name, value } = sample.exec(line)?.groups ?? {}
    if (name === undefined || value === undefined) return []
    return [{ name, value: Number(value.replace(/Inf$/i, 'Infinity')) }]
  })
}

const sample =
  /^\s*(?<name>[a-zA-Z_:][\w:]*)\s*(?:\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?\s+(?<value>[-+]?[\w.+-]+)(?:\s+#.*|\s+-?[\d.]+(?:\s+#.*)?)?\s*$/
