import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { filled } from '@evenkeel/test-kit/figures/page'
import { pages, root } from '../pages.js'
import { figures } from './figures.js'

for (const { path, text } of pages) {
  const current = filled(text, figures)
  if (current !== text) writeFileSync(join(root, path), current)
}
