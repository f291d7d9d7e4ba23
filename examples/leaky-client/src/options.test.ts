import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testCommandLine } from '@evenkeel/example-stage/command-line-tests'
import { complainOf } from './options.js'

const demo = new URL('demo.js', import.meta.url)

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

const options = [
  '--seconds',
  '--leak-rate',
  '--clients',
  '--max-connections',
  '--descriptors',
  '--no-fair-eviction',
  '--json',
]

testCommandLine(demo, refused, options)

test('a machine that gives a process 1024 descriptors has enough for 512 places, and not for 900', () => {
  const options = { seconds: 12, leakRate: 500, clients: 16, fairEviction: true }
  assert.equal(complainOf(options, 1024), undefined)
  assert.match(
    complainOf({ ...options, maxConnections: 900 }, 1024) ?? '',
    /^a process may have 1024 file descriptors here .* as a server, 1000, and 100 more: raise the limit/,
  )
})
