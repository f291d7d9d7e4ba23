import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { channelNames } from '@evenkeel/node'
import { metricNames } from '@evenkeel/prometheus'
import { alertNames } from './alert-names.js'
import { type Page, root } from './pages.js'
import { knownVariables } from './reference/known.js'

const reference = readFileSync(join(root, 'docs', 'reference.md'), 'utf8')
const require = createRequire(import.meta.url)

/** A kind of name of ours, and which of them there are. */
interface Kind {
  readonly pattern: RegExp
  isKnown(name: string): boolean
}

function amongst(names: Iterable<string>): (name: string) => boolean {
  const known = new Set(names)
  return (name) => known.has(name)
}

/** The codes of errors and warnings, which the reference has from the code. */
const codes = [...reference.matchAll(/^\| `((?:ERR_)?EVENKEEL_\w+)`/gm)].map(([, code = '']) => code)

const series = metricNames().flatMap((name) => [name, `${name}_bucket`, `${name}_sum`, `${name}_count`])

const kinds: readonly Kind[] = [
  {
    pattern: /\b(?:ERR_)?EVENKEEL_[A-Z0-9_]*[A-Z0-9]\b/g,
    isKnown: amongst([...codes, ...(await knownVariables())]),
  },
  { pattern: /\bevenkeel_[a-z_]*[a-z]\b/g, isKnown: amongst(series) },
  {
    pattern: /\bEvenKeel[A-Z]\w+/g,
    isKnown: amongst([...alertNames(), 'EvenKeelHandler', 'EvenKeelModule']),
  },
  { pattern: /\bevenkeel:(?:connection|server):[a-z-]+/g, isKnown: amongst(Object.values(channelNames)) },
  { pattern: /(?<![\w/-])@?evenkeel\/[a-z][\w./-]*\w/g, isKnown: resolves },
]

/** Whether a program can import it. */
function resolves(name: string): boolean {
  try {
    require.resolve(name)
    return true
  } catch {
    return false
  }
}

/** The names on a page that look like ours and are not. */
export function unknownNames({ text }: Pick<Page, 'text'>): string[] {
  // An address of the repository is no name of a package.
  const prose = text.replaceAll(/\bhttps?:\/\/\S+/g, '')
  return kinds.flatMap(({ pattern, isKnown }) =>
    [...prose.matchAll(pattern)].flatMap(([name]) => (isKnown(name) ? [] : [name])),
  )
}
