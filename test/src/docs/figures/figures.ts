import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../pages.js'

/** What benchmarks have written, by their names. */
export type Figures = Readonly<Record<string, { readonly figures: Readonly<Record<string, string>> }>>

export const figures: Figures = JSON.parse(readFileSync(join(root, 'docs', 'figures.json'), 'utf8'))

const quoted = /<!-- figure ([\w-]+)\.([\w-]+) -->(.*?)<!-- \/figure -->/g

/** The text of a page with each figure that it quotes as the benchmarks have it. */
export function filled(text: string, measured: Figures = figures): string {
  return text.replaceAll(quoted, (_, benchmark: string, name: string) => {
    const figure = measured[benchmark]?.figures[name]
    if (figure === undefined) throw new Error(`docs/figures.json has no ${benchmark}.${name}`)
    return `<!-- figure ${benchmark}.${name} -->${figure}<!-- /figure -->`
  })
}

/** The names of the figures that a page quotes. */
export function quotedBy(text: string): string[] {
  return [...text.matchAll(quoted)].map(([, benchmark, name]) => `${benchmark}.${name}`)
}
