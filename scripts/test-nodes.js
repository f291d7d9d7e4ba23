// Runs every test on each Node version that is supported; `npx` brings the binaries. Words choose tests, as in
// test.js.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const versions = ['20', '22', '24', '26']
const script = join(import.meta.dirname, 'test.js')
const failed = versions.filter((version) => {
  console.log(`\nNode ${version}\n`)
  const { status } = spawnSync('npx', ['-y', `node@${version}`, script, ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  return status !== 0
})

if (failed.length > 0) {
  console.error(`tests failed on Node ${failed.join(', ')}`)
  process.exit(1)
}
