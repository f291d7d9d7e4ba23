import { join } from 'node:path'
import { lead } from './primary.js'

// A primary that does not load Even Keel, whose workers do.
lead({ ...JSON.parse(process.argv[2] ?? ''), program: join(import.meta.dirname, 'own.js') })
