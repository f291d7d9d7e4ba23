import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Machine } from '../machine.js'
import { type Figures, figuresOf } from './figures.js'

/** The flags that change what is measured. */
const efforts = ['--rounds', '--pairs', '--requests', '--connections']

/** What a benchmark came to: figures, and where they come from. */
interface Section {
  readonly command: string
  readonly date: string
  readonly machine: Machine
  readonly figures: Figures
}

/**
 * Puts the figures of what was measured in the place of older ones. Others stay.
 *
 * @param results by the name of the benchmark.
 * @param words how the benchmark was called.
 */
export function writeFigures(
  file: string,
  results: Readonly<Record<string, object>>,
  machine: Machine,
  words: readonly string[],
): void {
  const sections: Record<string, Section> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const date = new Date().toISOString().slice(0, 10)
  const effort = words.flatMap((word, index) => (efforts.includes(word) ? [word, words[index + 1]] : []))
  for (const [name, read] of Object.entries(figuresOf)) {
    const result = results[name]
    if (result === undefined) continue
    const command = ['pnpm bench', name, ...effort].join(' ')
    sections[name] = { command, date, machine, figures: read(result as never) }
  }
  writeFileSync(file, `${JSON.stringify(sections, undefined, 2)}\n`)
}
