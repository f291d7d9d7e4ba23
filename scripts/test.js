// Runs every compiled test file, or those whose path contains one of the words given. `node --test` finds
// files in a different way on each version; this finds the same ones on all. No test takes two minutes.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { together } from './together.js'

const root = join(import.meta.dirname, '..')
const words = process.argv.slice(2)

/** They start first, so that none is left to run alone at the end. */
const longest = [
  'test/dist/rolling/rolling.test.js',
  'test/dist/examples/rebalance.test.js',
  'test/dist/fleet/nat.test.js',
  'test/dist/goaway/goaway.test.js',
  'test/dist/clients/clients.test.js',
  'test/dist/fleet/redis/views.test.js',
  'test/dist/inspector/browser.test.js',
  'test/dist/pressure/leak.test.js',
  'test/dist/fleet/redis/outages.test.js',
  'test/dist/hostile/aborts.test.js',
  'test/dist/fleet/redis/processes.test.js',
  'examples/leaky-client/dist/demo.test.js',
  'test/dist/hostile/connecting.test.js',
  'test/dist/fleet/cluster/stalls.test.js',
  'examples/rolling-deploy/dist/demo.test.js',
  'test/dist/inspector/fleet-page.test.js',
  'test/dist/hostile/floods.test.js',
  'test/dist/drain/shutdown.test.js',
  'test/dist/hostile/ports.test.js',
  'test/dist/auto/byte-for-byte.test.js',
  'test/dist/docs/code/blocks.test.js',
  'test/dist/hostile/neighbours.test.js',
  'test/dist/auto/limits.test.js',
  'test/dist/upgrades/crowd.test.js',
]

/** Every file in a folder of the workspace but what is installed there, which would be 100,000 files more. */
function filesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [join(folder, entry.name)]
    return entry.name === 'node_modules' ? [] : filesIn(join(folder, entry.name))
  })
}

const alone = longest.map((file) => join(file))

const all = ['packages', 'examples', 'test', 'bench']
  .flatMap(filesIn)
  .filter((file) => file.endsWith('.test.js') && file.includes('dist'))
  .sort()

const missing = alone.filter((file) => !all.includes(file))
if (missing.length > 0) {
  console.error(
    `${missing.join(', ')} is not there: build first, or take it from the longest in ${import.meta.filename}`,
  )
  process.exit(1)
}
const files = [...new Set([...alone, ...all])].filter(
  (file) => words.length === 0 || words.some((word) => file.includes(word)),
)
if (files.length === 0) {
  console.error(`no test file has ${words.join(' or ')} in its path: build first, or use other words`)
  process.exit(1)
}
// The test processes take this option from the one that starts them.
const { status } = spawnSync(
  process.execPath,
  ['--test-timeout=120000', join(import.meta.dirname, 'run-in-order.js'), ...together(files, alone)],
  { cwd: root, stdio: 'inherit' },
)
process.exit(status ?? 1)
