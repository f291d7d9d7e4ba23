import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** One HTML file, and the headers that go with it. */
export interface Page {
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** In the order in which they run; each sees what those before it declare. */
const scripts = [
  'format',
  'element',
  'colours',
  'words',
  'seconds',
  'legend',
  'time-chart',
  'bars',
  'histogram',
  'tables',
  'peers-table',
  'tiles',
  'members-table',
  'fleet',
  'notices',
  'stream',
  'main',
]

let page: Page | undefined

/** The page, put together when it is first asked for: everything is in it, and nothing in it comes from a request. */
export function readPage(): Page {
  page ??= assemble()
  return page
}

function assemble(): Page {
  const sources = join(import.meta.dirname, '..', 'page')
  const compiled = join(import.meta.dirname, 'page')
  const uplot = createRequire(import.meta.url).resolve('uplot/dist/uPlot.iife.min.js')
  const script = [uplot, ...scripts.map((name) => join(compiled, `${name}.js`))].map(read).join('\n')
  const style = [join(uplot, '..', 'uPlot.min.css'), join(sources, 'page.css')].map(read).join('\n')
  const body = read(join(sources, 'page.html'))
    .replace('<style></style>', () => `<style>${style}</style>`)
    .replace('<script></script>', () => `<script>${script}</script>`)
  return { body: Buffer.from(body), headers: headersFor(script, style) }
}

function read(path: string): string {
  return readFileSync(path, 'utf8')
}

/** Only what is in the page may run, and it may speak to its own origin alone. */
function headersFor(script: string, style: string): Page['headers'] {
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    ...guarded,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy.join('; '),
  }
}

/** Of every response: what it shows is for nobody's cache and no other site. `no-transform` is for compressors. */
export const guarded: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store, no-transform',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
