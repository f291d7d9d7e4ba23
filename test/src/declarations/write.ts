import { writeFileSync } from 'node:fs'
import { page, pageFile } from '../docs/reference/page.js'
import { declarations } from './model.js'
import { entries, isUpToDate } from './report.js'

for (const entry of entries) isUpToDate(entry, true)
writeFileSync(pageFile, await page(declarations()))
