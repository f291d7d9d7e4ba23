import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs'
import type { Outcome } from '../outcome.js'

/** Throws, with the system's error, where a file could not be written. Leaves no file where none was. */
export function checkWritable(path: string): void {
  const existed = existsSync(path)
  closeSync(openSync(path, 'a'))
  if (!existed) rmSync(path)
}

/** Writes the report, in place of an earlier one. */
export async function writeReport(path: string, outcome: Outcome): Promise<void> {
  // What draws the plots takes a while to load, and not every demo needs it.
  const { renderPage } = await import('./page.js')
  writeFileSync(path, renderPage(outcome))
}

/** Writes the picture for a page of documentation. */
export async function writeStill(path: string, outcome: Outcome): Promise<void> {
  const { renderStill } = await import('./still.js')
  writeFileSync(path, renderStill(outcome))
}
