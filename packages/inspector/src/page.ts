import { createHash } from 'node:crypto'

/** One HTML file, and the headers that go with it. */
export interface Page {
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

/** What the build makes of the folder `page`. */
interface Assembled {
  readonly html: string
  readonly script: string
  readonly style: string
}

let page: Page | undefined

/** The page, as it is served: everything is in it, and nothing in it comes from a request. */
export function readPage(): Page {
  page ??= made()
  return page
}

function made(): Page {
  // A bundler takes it in, because its path is written out.
  const { html, script, style }: Assembled = require('./page.json')
  return { body: Buffer.from(html), headers: headersFor(script, style) }
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
