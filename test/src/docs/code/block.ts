import type { Code, Html, RootContent } from 'mdast'
import { nodesOf, type Page, pages, placeOf } from '../pages.js'

/** A code block of a page. */
export interface Block {
  readonly language: string
  readonly text: string
  /** For messages: `docs/leaving.md:12`. */
  readonly place: string
  readonly page: Page
  /** The line of the page that its first line is. */
  readonly line: number
  /** What a comment before it declares: `<!-- given: koa; const hosts: string[] -->`. Readers do not see it. */
  readonly given: readonly string[]
}

/** Every fenced block of every page, and the indented ones, which have no language. */
export const blocks: readonly Block[] = pages
  .filter(({ path }) => !path.endsWith('CHANGELOG.md'))
  .flatMap((page) => nodesOf(page, 'code').map((node) => blockOf(page, node)))

function blockOf(page: Page, node: Code): Block {
  const isFenced = page.text.slice(node.position?.start.offset).trimStart().startsWith('```')
  const line = (node.position?.start.line ?? 0) + (isFenced ? 1 : 0)
  const given = givenBefore(page.tree.children, node)
  return { language: node.lang ?? '', text: node.value, place: placeOf(page, node), page, line, given }
}

function givenBefore(siblings: readonly RootContent[], node: Code): string[] {
  const before = siblings[siblings.indexOf(node) - 1]
  const comment =
    before?.type === 'html' ? /^<!-- given: (.*) -->$/s.exec((before as Html).value)?.[1] : undefined
  return comment?.split(';').map((item) => item.trim()) ?? []
}

/** The words in code style that the text above a block has, from its heading on. */
export function namesBefore({ page, line }: Block): string[] {
  const before = page.tree.children.filter(({ position }) => (position?.end.line ?? 0) < line)
  const heading = before.findLastIndex(({ type }) => type === 'heading')
  const section = { ...page, tree: { ...page.tree, children: before.slice(heading + 1) } }
  return nodesOf(section, 'inlineCode').flatMap(({ value }) => value.match(/\w+/g) ?? [])
}

/** The code that a block says to write: of a difference what it adds, and what stays. */
export function codeOf({ language, text }: Block): string | undefined {
  if (language === 'js' || language === 'ts') return text
  if (language !== 'diff') return undefined
  return text
    .split('\n')
    .map((line) => (line.startsWith('-') ? '' : line.replace(/^[+ ] ?/, '')))
    .join('\n')
}
