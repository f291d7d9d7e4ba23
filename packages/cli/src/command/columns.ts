import { stripVTControlCharacters } from 'node:util'

/** The width of each column with its padding: as much as its text needs, the widest cut alike until all fit. */
export function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const needed = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => textWidth(row[column] ?? '') + 2)),
  )
  const borders = columns + 1
  for (let cap = Math.max(...needed); cap > least; cap--) {
    const widths = needed.map((each) => Math.min(each, cap))
    if (widths.reduce((sum, each) => sum + each, borders) <= width) return widths
  }
  return needed.map((each) => Math.min(each, least))
}

/** A column that is cut further cannot be read. */
const least = 10

function textWidth(text: string): number {
  return Math.max(...text.split('\n').map((line) => stripVTControlCharacters(line).length))
}
