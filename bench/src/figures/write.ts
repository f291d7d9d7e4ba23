import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { filled, quotedBy } from '@evenkeel/test-kit/figures/page'
import type { MeasuredSection } from '@evenkeel/test-kit/figures/section'
import type { Machine } from '../machine.js'
import { commandOf } from './command.js'
import { sectionOf } from './figures.js'

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
  const sections = readSections(file)
  const date = new Date().toISOString().slice(0, 10)
  for (const [name, read] of Object.entries(sectionOf)) {
    const result = results[name]
    // Empty: the program that it needs is not there.
    if (result === undefined || (Array.isArray(result) && result.length === 0)) continue
    const section = read(result as never, { date, machine })
    sections[name] = { command: commandOf(name, words), date, machine, ...section }
  }
  writeFileSync(file, `${JSON.stringify(sections, undefined, 2)}\n`)
}

/** The figures that a page quotes stand beside it. */
export function figuresBeside(page: string): string {
  return join(dirname(page), 'figures.json')
}

/** Refuses a page without the table of the peers, before minutes go into measuring it. */
export function assertQuotesPeers(page: string): void {
  const text = readFileSync(page, 'utf8')
  if (quotedBy(text).includes('table peers')) return
  throw new Error(`${page} has no <!-- table peers --> with <!-- /table --> behind it: add both`)
}

/** Brings a page up to the figures beside it. */
export function writePage(page: string): void {
  const text = readFileSync(page, 'utf8')
  writeFileSync(page, filled(text, readSections(figuresBeside(page))))
}

function readSections(file: string): Record<string, MeasuredSection> {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}
