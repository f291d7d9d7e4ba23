import { markdownTable } from 'markdown-table'
import type { FigureOutput, FigureTable, Section, Sections } from './section.js'

/** `<!-- figure count.hit -->62<!-- /figure -->`, `<!-- table peers -->…<!-- /table -->`, or the same with `output`. */
const marks = /<!-- (figure|table|output) ([\w-]+)(?:\.([\w-]+))? -->(.*?)<!-- \/\1 -->/gs

const anyMark = /<!-- (?:figure|table|output) /g

/** What stands between two marks, by their kind. */
const texts: Readonly<Record<string, (section: Section, name: string) => string | undefined>> = {
  figure: ({ figures }, name) => figures?.[name],
  table: ({ table }) => table && paragraph(markdown(table)),
  output: ({ output }) => output && paragraph(block(output)),
}

/** The text of a page with everything that it quotes as the sections have it. */
export function filled(page: string, sections: Sections): string {
  return page.replaceAll(marks, (_, kind: string, section: string, name?: string) => {
    const quoted = nameOf(kind, section, name)
    const text = texts[kind]?.(sections[section] ?? {}, name ?? '')
    if (text === undefined) throw new Error(`docs/figures.json has no ${quoted}`)
    return `<!-- ${quoted} -->${text}<!-- /${kind} -->`
  })
}

/** The text of a page with blanks for what it quotes, so that all else keeps its line and column. */
export function unquoted(page: string): string {
  return page.replaceAll(marks, (quoted) => quoted.replaceAll(/[^\n]/g, ' '))
}

/** The names of everything that a page quotes. */
export function quotedBy(page: string): string[] {
  return [...page.matchAll(marks)].map(([, kind = '', section = '', name]) => nameOf(kind, section, name))
}

/** Whether each mark of a page has its end, so that nothing between them is overlooked. */
export function areClosed(page: string): boolean {
  return [...page.matchAll(anyMark)].length === quotedBy(page).length
}

function nameOf(kind: string, section: string, name: string | undefined): string {
  return name === undefined ? `${kind} ${section}` : `${kind} ${section}.${name}`
}

function markdown({ head, alignment, rows, notes }: FigureTable): string {
  return [markdownTable([head, ...rows], { align: [...alignment] }), ...notes].join('\n\n')
}

function block({ lines, notes }: FigureOutput): string {
  return [['```text', ...lines, '```'].join('\n'), ...notes].join('\n\n')
}

function paragraph(text: string): string {
  return `\n\n${text}\n\n`
}
