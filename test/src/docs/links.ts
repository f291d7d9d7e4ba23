import { existsSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import GithubSlugger from 'github-slugger'
import { toString as textOf } from 'mdast-util-to-string'
import { nodesOf, type Page, pages, placeOf, root } from './pages.js'

/** Our own pages by their addresses: what a package's README links to, since it is read elsewhere. */
const own = /^https:\/\/github\.com\/evenkeel\/evenkeel(?:\/(?:tree|blob)\/main\/?|(?=#|$))/

/** What a page links to, and where: links, images and definitions of Markdown, `href` and `src` of HTML. */
export function linksOf(page: Page): { readonly target: string; readonly place: string }[] {
  const links = (['link', 'image', 'definition'] as const).flatMap((type) =>
    nodesOf(page, type).map((node) => ({ target: node.url, place: placeOf(page, node) })),
  )
  const html = nodesOf(page, 'html').flatMap((node) =>
    [...node.value.matchAll(/\b(?:href|src|srcset)="([^" ]+)/g)].map(([, target = '']) => ({
      target,
      place: placeOf(page, node),
    })),
  )
  return [...links, ...html]
}

/** The anchors of a page, as GitHub makes them from its headings. */
function anchorsOf(page: Page): Set<string> {
  const slugger = new GithubSlugger()
  const made = nodesOf(page, 'heading').map((heading) => slugger.slug(textOf(heading)))
  const given = nodesOf(page, 'html').flatMap(({ value }) =>
    [...value.matchAll(/\b(?:id|name)="([^"]+)"/g)].map(([, name = '']) => name),
  )
  return new Set([...made, ...given])
}

/** Why a link of this page leads nowhere, or nothing if it leads somewhere or out of the repository. */
export function faultOf(from: Page, target: string): string | undefined {
  const inside = own.test(target) ? `/${target.replace(own, '')}` : target
  if (/^[a-z]+:/.test(inside)) return undefined
  const [path = '', anchor] = decodeURI(inside).split('#')
  const goal = path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(from.path), path)
  const file = path === '' ? from.path : posix.normalize(goal || '.')
  if (!existsSync(join(root, file))) return `there is no ${file}`
  if (anchor === undefined || (own.test(target) && anchor === 'readme')) return undefined
  const shown = statSync(join(root, file)).isDirectory() ? posix.join(file, 'README.md') : file
  const page = pages.find((each) => each.path === shown)
  if (page === undefined) return `${shown} is no page with headings`
  return anchorsOf(page).has(anchor) ? undefined : `${shown} has no heading #${anchor}`
}
