import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Command } from 'commander'
import { addFlags, type Flags } from '#cli/plan/flags'
import type { FromMetrics } from '#cli/plan/from/read'
import { gather } from '#cli/plan/gather'

/** What the command line is read as. */
function read(...args: string[]): Flags {
  const command = new Command().exitOverride().configureOutput({ writeErr() {} })
  return addFlags(command).parse(args, { from: 'user' }).opts()
}

const whole = ['--servers', '2', '--connections', '200', '--rate', '1000']

describe('flags of plan', () => {
  const wrong = [
    [
      ['--servers', '0'],
      /'--servers <count>' argument '0' is invalid. Give a whole number, from 1 to 1000\./,
    ],
    [['--rate', 'many'], /'--rate <count>' argument 'many' is invalid. Give a number/],
    [['--skew', '4'], /'--skew <number>' argument '4' is invalid. Give a number, from 0 to 3\./],
    [
      ['--handshake', '0.46'],
      /'--handshake <duration>' argument '0.46' is invalid. Give a duration with its unit/,
    ],
    [
      ['--max-requests', '100,,'],
      /'--max-requests <counts>' argument '100,,' is invalid. Give a whole number/,
    ],
    [['--max-age', '5'], /'--max-age <durations>' argument '5' is invalid. Give a duration with its unit/],
    [
      ['--balancer', 'hash'],
      /argument 'hash' is invalid. Allowed choices are random, round-robin, least-connections\./,
    ],
    [['--pace', 'slow'], /argument 'slow' is invalid. Allowed choices are random, regular\./],
    [['--from', 'localhost'], /argument 'localhost' is invalid. Give an address that begins with http/],
  ] as const
  for (const [args, message] of wrong) {
    it(`are refused with ${args.join(' ')}`, () => assert.throws(() => read(...args), { message }))
  }

  it('are lists where several are tried', () => {
    const { maxRequests, maxAge, from } = read(
      ...['--max-requests', '50,100', '--max-age', '30s,5m', '--from', 'http://a/', '--from', 'http://b/'],
    )
    assert.deepEqual(
      [maxRequests, maxAge],
      [
        [50, 100],
        [30_000, 300_000],
      ],
    )
    assert.deepEqual(
      from?.map(({ host }) => host),
      ['a', 'b'],
    )
  })
})

describe('the numbers of a plan', () => {
  it('are those of the command line, with one server more and a client for each connection by default', () => {
    assert.deepEqual(gather(read(...whole, '--balancer', 'least-connections'), undefined), {
      ...{ servers: 2, to: 3, connections: 200, clients: 200, rate: 1_000, skew: 0, pace: 'random' },
      ...{ balancer: 'least connections', handshake: 0.46, idleTimeout: 65_000, within: 120_000 },
    })
  })

  const metrics: FromMetrics = { connections: 60, rate: 300, opened: 1, servers: undefined }

  it('are read for each server, and what is given stands above what is read', () => {
    const { connections, rate } = gather(read('--servers', '3', '--rate', '700'), metrics)
    assert.deepEqual([connections, rate], [180, 700])
  })

  const missing: readonly (readonly [string, string[], FromMetrics | undefined, RegExp])[] = [
    ['servers', ['--connections', '9', '--rate', '9'], undefined, /^--servers is not given$/],
    ['connections', ['--servers', '2', '--rate', '9'], undefined, /^--connections is not given$/],
    ['a rate', ['--servers', '2', '--connections', '9'], undefined, /^--rate is not given$/],
    [
      'servers, which metrics do not tell',
      [],
      metrics,
      /^--servers is not given, and the metrics do not tell it$/,
    ],
    [
      'traffic',
      ['--servers', '2'],
      { ...metrics, rate: 0 },
      /^--from shows 120 connections and 0 requests a second$/,
    ],
    ['new servers', [...whole, '--to', '2'], undefined, /^--to is 2 where --servers is 2$/],
    [
      'connections for all clients',
      [...whole, '--clients', '201'],
      undefined,
      /^--clients is 201 where there are 200 connections$/,
    ],
  ]
  it('are refused with regular pauses of less than 5 ms: that would take too long', () => {
    const brisk = ['--servers', '2', '--connections', '10', '--rate', '2010', '--pace', 'regular']
    assert.throws(() => gather(read(...brisk), undefined), {
      message: /^--pace is regular with 201 requests/,
    })
  })

  for (const [what, args, from, message] of missing) {
    it(`are refused without ${what}`, () => {
      assert.throws(() => gather(read(...args), from), { name: 'CouldNotRun', message })
    })
  }
})

it('--help says each default as one gives it, with its unit', () => {
  const help = addFlags(new Command()).configureHelp({ helpWidth: 1_000 }).helpInformation()
  for (const [flag, value] of [
    ['handshake', '0.46ms'],
    ['idle', '65s'],
    ['within', '2m'],
    ['over', '10s'],
  ] as const) {
    assert.match(
      help,
      new RegExp(`^ *--${flag} <duration> .*\\(default: ${value.replace('.', '\\.')}\\)$`, 'm'),
    )
    assert.equal(read(`--${flag}`, value)[flag], read()[flag])
  }
})
