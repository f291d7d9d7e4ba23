import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { evenkeel, start } from '../evenkeel.js'
import { few, type Planned } from './planned.js'

describe('the command evenkeel plan', { concurrency: 3 }, () => {
  for (const [args, fault] of [
    [
      ['--servers', '2'],
      /^evenkeel: --connections is not given: give it, as in evenkeel plan --servers 10 --to 20/,
    ],
    [['--balancer', 'hash'], /^error: .* argument 'hash' is invalid\. Allowed choices are random, /],
    [
      [...few, '--rate', '1000000', '--max-requests', '20'],
      /would connect 250 times a second: give 50 or more/,
    ],
    [['--nothing'], /unknown option '--nothing'/],
  ] as const) {
    it(`ends with 2 for ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await evenkeel('plan', ...args)
      assert.match(stderr, fault)
      assert.deepEqual([code, stdout], [2, ''])
    })
  }

  it('shows examples and exit codes with --help', async () => {
    const { code, stdout } = await evenkeel('plan', '--help')
    assert.match(
      stdout,
      /Examples:\n {2}evenkeel plan --servers 10.*Exit code: 0 fine, 1 found something bad/s,
    )
    assert.equal(code, 0)
  })

  it('tells a line for each of 7 choices, advice, and what to paste, and ends with 0', async () => {
    const { code, stdout, stderr } = await evenkeel('plan', ...few)
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(
      stdout,
      /^2 servers become 4, .*\n200 connections, .*: 1,000 requests a second, 5 on each\.\n/,
    )
    for (const name of [
      'no limit',
      '100 requests',
      '200 requests',
      'age 30s',
      'age 2m',
      'the defaults',
      'a fleet',
    ])
      assert.match(stdout, new RegExp(`^${name} `, 'm'))
    assert.match(
      stdout,
      /^Take .*\n\nIn a program: .*app\.use\(evenkeel\(.*\n.*node --import @evenkeel\/node\/auto server\.js\n$/m,
    )
  })

  it('says the same twice, as JSON, with null for never, and gives variables that servers understand', async () => {
    const args = [...few, '--max-requests', '100', '--max-age', '2m', '--idle', '50s', '--json']
    const [first, second] = await Promise.all([1, 2].map(() => evenkeel('plan', ...args)))
    assert.equal(first?.stdout, second?.stdout)
    const planned = first?.json<Planned>()
    const [none, hundred] = planned?.rows ?? []
    assert.deepEqual([none?.evenAfter, none?.life], [null, { p50: null, p99: null, byFormula: null }])
    assert.deepEqual([hundred?.name, hundred?.life.byFormula], ['100 requests', 18_000])
    assert.equal(planned?.interrupted, false)
    const take = planned?.advice.take
    assert.ok(take)
    const [command = '', ...variables] = take.environment.split(/ (?=node )/).reverse()
    assert.equal(command, 'node --import @evenkeel/node/auto server.js')
    const env = Object.fromEntries(
      variables
        .join(' ')
        .split(' ')
        .map((pair) => pair.split('=')),
    )
    assert.equal(env.EVENKEEL_IDLE_TIMEOUT, '50s')
    const child = spawn(process.execPath, ['--import', '@evenkeel/node/auto', '--eval', ''], {
      cwd: import.meta.dirname,
      env: { ...process.env, ...env },
    })
    assert.deepEqual(await once(child, 'close'), [0, null])
  })

  it('ends with 1 where nothing is even in time', async () => {
    const { code, stdout } = await evenkeel(
      'plan',
      ...few,
      '--within',
      '1s',
      '--max-requests',
      '1000',
      '--max-age',
      '5m',
    )
    assert.match(stdout, /^Nothing here is even within 1 s; .* comes closest .*: try a lower --max-requests/m)
    assert.equal(code, 1)
  })

  it('ends with Ctrl-C, with the choices that are done by then, and no advice', async () => {
    const running = start('plan', '--servers', '10', '--to', '20', '--connections', '6000', '--rate', '60000')
    await running.printed(/requests a second/)
    running.interrupt()
    const { code, stdout } = await running.ran
    assert.match(stdout, /\nStopped after [0-6] of 7 choices: too early for advice\.\n$/)
    assert.equal(code, 2)
  })
})
