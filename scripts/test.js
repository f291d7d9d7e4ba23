// Runs every compiled test file, or those whose path contains one of the words given. `node --test` finds
// files in a different way on each version; this finds the same ones on all. No test takes two minutes.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const words = process.argv.slice(2)

const files = ['packages', 'examples', 'test', 'bench']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, String(file))),
  )
  .filter((file) => file.endsWith('.test.js') && file.includes('dist') && !file.includes('node_modules'))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .sort()

if (files.length === 0) {
  console.error(`no test file has ${words.join(' or ')} in its path: build first, or use other words`)
  process.exit(1)
}
// Most tests wait most of the time. Node leaves one core free, which of two is half: three files at a time keep both busy.
const concurrency = Math.max(3, availableParallelism() - 1)
const { status } = spawnSync(
  process.execPath,
  ['--test', '--test-timeout=120000', `--test-concurrency=${concurrency}`, ...files],
  { cwd: root, stdio: 'inherit' },
)
process.exit(status ?? 1)
