import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { visit } from 'unist-util-visit'

export const root: string = join(import.meta.dirname, '..', '..', '..')

/** A Markdown file of the repository. */
export interface Page {
  /** From the root of the repository, with slashes. */
  readonly path: string
  readonly text: string
  readonly tree: Root
}

/** Folders with pages of ours, and how deep they are looked into. */
const folders = ['.', '.changeset', 'docs', 'bench', 'test', ...below('packages'), ...below('examples')]

function below(folder: string): string[] {
  return readdirSync(join(root, folder)).map((name) => join(folder, name))
}

/** Every page that somebody wrote, and the reference. Reports and the like are none. */
export const pages: readonly Page[] = folders.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => {
      const file = join(root, folder, name)
      return pageOf(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8'))
    }),
)

export function pageOf(path: string, text: string): Page {
  return {
    path,
    text,
    tree: fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }),
  }
}

/** Every node of a page with this type. */
export function nodesOf<Type extends Nodes['type']>(
  { tree }: Page,
  type: Type,
): Extract<Nodes, { type: Type }>[] {
  const found: Extract<Nodes, { type: Type }>[] = []
  visit(tree, type, (node) => {
    found.push(node as Extract<Nodes, { type: Type }>)
  })
  return found
}

/** Where a node stands, for messages: `docs/leaving.md:12`. */
export function placeOf({ path }: Page, { position }: Nodes): string {
  return `${path}:${position?.start.line}`
}
