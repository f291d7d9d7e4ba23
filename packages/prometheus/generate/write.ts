import { writeFileSync } from 'node:fs'
import { files } from './files.js'

for (const [path, text] of files()) writeFileSync(path, text)
