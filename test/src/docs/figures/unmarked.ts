import { unquoted } from '@evenkeel/test-kit/figures/page'
import { nodesOf, type Page, pageOf } from '../pages.js'

const units = [
  ...['ns', 'µs', 'us', 'ms', '(?:nano|micro|milli)seconds?'],
  ...['[kKMG]i?B', '(?:kilo|mega|giga)?bytes?', 'percent', 'times', 'x'],
]

/** What a measured figure looks like: with a small unit, as a part, as a ratio, as so many of so many. */
const figure = new RegExp(
  [
    `(?<![\\w.])\\d[\\d,. ]*[- ]?(?:(?:${units.join('|')})(?![\\w-])|%)`,
    '(?<![\\w.])\\d[\\d,]* of \\d[\\d,]*',
    // A ratio. A version has a name, a slash or another point beside it.
    '(?<![\\w./]|(?:Node|Express|Koa|Fastify|TypeScript|TLS|from|before)\\s)\\d+\\.\\d+(?![\\w.])',
  ].join('|'),
  'g',
)

/** What looks like a measured figure in the prose of a page, outside of code, and is no quoted one. */
export function unmarkedOn({ path, text }: Pick<Page, 'path' | 'text'>): string[] {
  return nodesOf(pageOf(path, unquoted(text)), 'text').flatMap(({ value }) =>
    [...value.matchAll(figure)].map(([found]) => found),
  )
}
