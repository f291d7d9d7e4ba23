import { entries, isUpToDate } from './report.js'

for (const entry of entries) isUpToDate(entry, true)
