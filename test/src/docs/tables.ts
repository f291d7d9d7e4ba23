import type { Table } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import { nodesOf, type Page, pages, placeOf } from './pages.js'

/** A row of a table: its cells by the heads of their columns, without the marks of Markdown. */
export interface Row {
  readonly place: string
  readonly cells: Readonly<Record<string, string>>
  /** Where the cells link to. */
  readonly links: readonly string[]
}

/** The rows of every table of any page that has these columns. */
export function rowsWith(...columns: readonly string[]): Row[] {
  return pages.flatMap((page) => nodesOf(page, 'table').flatMap((table) => rowsOf(page, table, columns)))
}

/** What a reader sees in each cell of every table. */
export function allCells(): { readonly place: string; readonly text: string }[] {
  return pages
    .filter(({ path }) => !path.endsWith('CHANGELOG.md'))
    .flatMap((page) =>
      nodesOf(page, 'tableCell').map((cell) => ({
        place: placeOf(page, cell),
        text: textOf(cell, { includeHtml: false }),
      })),
    )
}

function rowsOf(page: Page, { children: [first, ...rows] }: Table, columns: readonly string[]): Row[] {
  const heads = (first?.children ?? []).map((cell) => textOf(cell))
  if (!columns.every((column) => heads.includes(column))) return []
  return rows.map((row) => ({
    place: placeOf(page, row),
    cells: Object.fromEntries(row.children.map((cell, index) => [heads[index] ?? '', textOf(cell)])),
    links: row.children.flatMap((cell) =>
      cell.children.flatMap((node) => (node.type === 'link' ? [node.url] : [])),
    ),
  }))
}
