import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { complainOf } from './options.js'

const demo = fileURLToPath(new URL('demo.js', import.meta.url))

const refused = [
  [['--seconds', '3'], "'--seconds <count>' argument '3' is invalid. Give a whole number from 4 to 60."],
  [
    ['--leak-rate', 'fast'],
    "'--leak-rate <count>' argument 'fast' is invalid. Give a whole number from 50 to 2000.",
  ],
  [['--clients', '1.5'], "argument '1.5' is invalid. Give a whole number from 1 to 100."],
  [
    ['--max-connections', '100'],
    "argument '100' is invalid. With 500 leaked connections a second and 16 clients, too few are old enough to " +
      'make room: give 512 or more',
  ],
  [
    ['--descriptors', '1050', '--max-connections', '1000'],
    "argument '1050' is invalid. The server with Even Keel has 1000 connections and other files: give 1100 or more.",
  ],
  [['--fair'], "unknown option '--fair'"],
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
  for (const option of [
    '--seconds',
    '--leak-rate',
    '--clients',
    '--max-connections',
    '--descriptors',
    '--no-fair-eviction',
    '--json',
  ]) {
    assert.ok(stdout.includes(option), option)
  }
})

test('a machine that gives a process 1024 descriptors has enough for 512 places, and not for 900', () => {
  const options = { seconds: 12, leakRate: 500, clients: 16, fairEviction: true }
  assert.equal(complainOf(options, 1024), undefined)
  assert.match(
    complainOf({ ...options, maxConnections: 900 }, 1024) ?? '',
    /^a process may have 1024 file descriptors here .* as a server, 1000, and 100 more: raise the limit/,
  )
})
