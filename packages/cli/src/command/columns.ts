import { stripVTControlCharacters } from 'node:util'

/** The width of each column with its padding: no more than its text needs, and all together at most `width`. */
export function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => textWidth(row[column] ?? '') + 2)),
  )
  const borders = columns + 1
  for (;;) {
    const excess = widths.reduce((sum, each) => sum + each, borders) - width
    const widest = widths.indexOf(Math.max(...widths))
    const now = widths[widest] ?? 0
    if (excess <= 0 || now <= 12) return widths
    const next = Math.max(12, ...widths.filter((each) => each < now))
    widths[widest] = Math.max(now - excess, Math.min(next, now - 1))
  }
}

function textWidth(text: string): number {
  return Math.max(...text.split('\n').map((line) => stripVTControlCharacters(line).length))
}
