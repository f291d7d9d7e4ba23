import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pages, root } from '../pages.js'
import { filled } from './figures.js'

for (const { path, text } of pages) {
  const current = filled(text)
  if (current !== text) writeFileSync(join(root, path), current)
}
