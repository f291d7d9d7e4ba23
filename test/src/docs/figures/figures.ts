import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MeasuredSection } from '@evenkeel/test-kit/figures/section'
import { root } from '../pages.js'

/** What benchmarks have written, by their names. */
export const figures: Readonly<Record<string, MeasuredSection>> = JSON.parse(
  readFileSync(join(root, 'docs', 'figures.json'), 'utf8'),
)
