import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, it } from 'node:test'
import { evenkeel as express } from '@evenkeel/express'
import { evenkeel as fastifyPlugin } from '@evenkeel/fastify'
import { createFleet, fleetAt, memoryStore, redisStore } from '@evenkeel/fleet'
import { inspector } from '@evenkeel/inspector'
import { evenkeel as koa } from '@evenkeel/koa'
import { attach, createCounter, idleTimeoutBehind, shutdown } from '@evenkeel/node'
import { collect } from '@evenkeel/prometheus'
import { instrument } from '@evenkeel/prometheus/opentelemetry'
import fastify from 'fastify'

/** What the option `given` is given to, and the name that was meant. */
const misspelt: readonly [where: string, given: string, meant: string, take: (options: never) => unknown][] =
  [
    [
      'attach',
      'maxRequestPerConection',
      'maxRequestsPerConnection',
      (options) => attach(createServer(), options),
    ],
    ['the Express middleware', 'maxConectionAge', 'maxConnectionAge', express],
    ['the Koa middleware', 'idleTimeuot', 'idleTimeout', koa],
    ['the Fastify plugin', 'jiter', 'jitter', (options) => fastify().register(fastifyPlugin, options)],
    ['update', 'dryrun', 'dryRun', (options) => attach(createServer()).update(options)],
    ['drain', 'wihtin', 'within', (options) => attach(createServer()).drain(options)],
    ['shutdown', 'signal', 'signals', (options) => shutdown(createServer(), options)],
    ['createCounter', 'capcity', 'capacity', createCounter],
    [
      'createFleet',
      'wieght',
      'weight',
      (options: object) => createFleet({ store: memoryStore(), ...options }),
    ],
    ['fleetAt', 'slow_start', 'slowStart', (options) => fleetAt('cluster', options)],
    ['redisStore', 'sendComand', 'sendCommand', redisStore],
    ['inspector', 'maxViewer', 'maxViewers', (options) => inspector(attach(createServer()), options)],
    ['collect', 'prefx', 'prefix', (options) => collect([], options)],
    ['instrument', 'atributes', 'attributes', (options) => instrument([], options)],
  ]

/** Not typing errors, but what the names are elsewhere. */
const abbreviated = [
  ['maxRequests', 'maxRequestsPerConnection'],
  ['maxAge', 'maxConnectionAge'],
  ['maxConn', 'maxConnections'],
  ['max_connections', 'maxConnections'],
  ['timeout', 'idleTimeout'],
  ['guard', 'quietGuard'],
] as const

describe('a misspelt name', () => {
  for (const [where, given, meant, take] of misspelt) {
    it(`is met by ${where} with a question: ${given} for ${meant}`, async () => {
      await assert.rejects(async () => take({ [given]: 5 } as never), {
        name: 'OptionError',
        code: 'ERR_EVENKEEL_OPTION_UNKNOWN',
        option: given,
        value: 5,
        cure: `did you mean ${meant}?`,
        message: `${given} (5) is not an option: did you mean ${meant}?`,
      })
    })
  }

  for (const [given, meant] of abbreviated) {
    it(`may be a short one: ${given} for ${meant}`, () => {
      assert.throws(() => attach(createServer(), { [given]: 5 }), { cure: `did you mean ${meant}?` })
    })
  }

  for (const given of ['keepAliveTimeout', 'rate', 'x', '', '_', 'per', 'toString']) {
    it(`that is near to none gets the list: ${JSON.stringify(given)}`, () => {
      assert.throws(() => attach(createServer(), { [given]: 5 }), {
        cure: /^remove it, or use one of maxRequestsPerConnection, .*, fleet$/,
      })
    })
  }

  it('does not become maxConnectionAge where maxConnections is no option', () => {
    assert.throws(() => createCounter({ maxConnections: 5 } as object), {
      cure: /^remove it, or use one of /,
    })
  })

  it('may be that of an event, a peer, a measure or a store', () => {
    const question = (name: string) => ({ name: 'OptionError', cure: `did you mean ${name}?` })
    assert.throws(() => attach(createServer()).on('closed' as 'close', () => {}), question('close'))
    assert.throws(() => createCounter().on('evicted' as 'evict', () => {}), question('evict'))
    assert.throws(() => idleTimeoutBehind('alb' as 'aws-alb'), question('aws-alb'))
    assert.throws(() => idleTimeoutBehind('ngnix' as 'nginx'), question('nginx'))
    assert.throws(() => fleetAt('cluster', { measure: 'request' as 'requests' }), question('requests'))
    assert.throws(() => fleetAt('clutser'), question('cluster'))
  })
})
