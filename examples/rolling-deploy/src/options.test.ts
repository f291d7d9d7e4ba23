import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const demo = fileURLToPath(new URL('demo.js', import.meta.url))

const refused = [
  [['--within', '100'], "'--within <ms>' argument '100' is invalid. Give a whole number from 500 to 60000."],
  [
    ['--restarts', 'all'],
    "'--restarts <count>' argument 'all' is invalid. Give a whole number from 1 to 1000.",
  ],
  [['--quiet', '0'], "'--quiet <ms>' argument '0' is invalid. Give a whole number from 1 to 60000."],
  [
    ['--connections', '100'],
    "argument '100' is invalid. With 4 servers, fewer than 160 leave their spread to chance: give 160 or more.",
  ],
  [['--fast'], "unknown option '--fast'"],
] as const

for (const [parameters, message] of refused) {
  test(`${parameters.join(' ')} ends with code 2 and says what to give`, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [demo, ...parameters], {
      encoding: 'utf8',
    })
    assert.ok(stderr.includes(message), stderr)
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' })
  })
}

test('--help ends with code 0 and names every option', () => {
  const { status, stdout } = spawnSync(process.execPath, [demo, '--help'], { encoding: 'utf8' })
  assert.equal(status, 0)
  const options = ['--servers', '--connections', '--restarts', '--bare-restarts', '--within', '--quiet']
  for (const option of [...options, '--requests', '--json']) assert.ok(stdout.includes(option), option)
})
