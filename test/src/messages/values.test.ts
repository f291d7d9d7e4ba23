import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { createServer } from 'node:http'
import { describe, it } from 'node:test'
import { evenkeel as express } from '@evenkeel/express'
import { evenkeel as fastifyPlugin } from '@evenkeel/fastify'
import { createFleet, memoryStore, redisStore } from '@evenkeel/fleet'
import { inspector } from '@evenkeel/inspector'
import { evenkeel as koa } from '@evenkeel/koa'
import { attach, createCounter, retireSignal, shutdown } from '@evenkeel/node'
import fastify from 'fastify'
import Koa from 'koa'

const attachWith = (options: object): unknown => attach(createServer(), options)
const drainWith = (options: object): unknown => attach(createServer()).drain(options)
const shutdownWith = (options: object): unknown => shutdown(createServer(), options)
const fleetWith = (options: object): unknown => createFleet({ store: memoryStore(), ...options })

/** Every option that takes a number. */
const numbers: readonly [where: string, take: (options: object) => unknown, names: readonly string[]][] = [
  [
    'attach',
    attachWith,
    [
      'maxRequestsPerConnection',
      'maxConnectionAge',
      'maxConnectionAgeGrace',
      'jitter',
      'idleTimeout',
      'maxConnections',
      'quietGuard',
    ],
  ],
  ['drain', drainWith, ['within', 'quiet', 'grace', 'fraction']],
  ['shutdown', shutdownWith, ['delay', 'within', 'quiet', 'grace']],
  ['createCounter', createCounter, ['maxRequestsPerConnection', 'maxConnectionAge', 'jitter', 'capacity']],
  ['createFleet', fleetWith, ['weight', 'slowStart', 'tolerance', 'window', 'interval']],
  ['inspector', (options) => inspector(attach(createServer()), options), ['maxViewers']],
]

describe('a value of the wrong kind', () => {
  for (const [where, take, names] of numbers) {
    for (const name of names) {
      it(`is refused by ${where}: ${name} takes a number, not the string "200"`, async () => {
        await assert.rejects(async () => take({ [name]: '200' }), {
          name: 'OptionError',
          code: 'ERR_EVENKEEL_OPTION_INVALID',
          option: name,
          value: '200',
          cure: /^give a number, not a string: (?!a number)/,
          message: RegExp(`^${name} is "200": give a number, not a string: `),
        })
      })
    }
  }

  for (const name of ['tuneTimeouts', 'fairEviction', 'dryRun']) {
    it(`is refused: ${name} takes a boolean, not the string "true"`, () => {
      assert.throws(() => attachWith({ [name]: 'true' }), {
        message: `${name} is "true": give a boolean, not a string: true or false`,
      })
    })
  }

  it('is named by its class: an application, or a client, instead of options', () => {
    assert.throws(() => koa(new Koa() as object), {
      message:
        'options is an object of class Application: give an object such as { maxRequestsPerConnection: 200 }',
    })
    assert.throws(() => redisStore(new EventEmitter() as never), {
      message: /^redisStore is an object of class EventEmitter: give \{ sendCommand: /,
    })
  })

  it('is refused as options of createCounter', () => {
    for (const options of [200, null, 'fast', [], () => ({})]) {
      assert.throws(() => createCounter(options as object), {
        option: 'options',
        message: /: give an object such as \{ maxRequestsPerConnection: 200 \}$/,
      })
    }
  })

  it('is refused as the key of a hit, which could never count to 2', () => {
    const counter = createCounter()
    for (const key of [undefined, {}, 5]) {
      assert.throws(() => counter.hit(key as never), {
        message: /^key is .*: give a connection's remoteAddress:remotePort, such as '192\.0\.2\.1:40000'$/,
      })
    }
  })

  it('is refused as a connection to retire', () => {
    const keel = attach(createServer())
    for (const target of [undefined, 5]) {
      assert.throws(() => keel.retire(target as never), {
        message: `connection is ${target}: give its key, such as '192.0.2.1:40000', or a request on it`,
      })
    }
  })

  it("is refused as a request where it is a framework's own, which has no connection", async () => {
    const app = fastify()
    app.get('/', (request) => {
      assert.throws(() => retireSignal(request as never), {
        message:
          /^request is an object.*: give Node's own request: request\.raw in Fastify, context\.req in Koa$/,
      })
      return 'ok'
    })
    assert.equal((await app.inject('/')).body, 'ok')
    assert.throws(() => retireSignal(undefined as never), {
      message: /^request is undefined: give Node's own/,
    })
    await app.close()
  })

  it('is refused as a change of what an update cannot change', () => {
    const keel = attach(createServer())
    assert.throws(() => keel.update({ random: Math.random } as object), {
      message:
        'random is a function, and an update cannot change it: remove it, or detach the server and attach it with the new one',
    })
  })

  it('is refused where a plugin is called like a middleware, and a middleware is mounted like a plugin', async () => {
    const app = fastify()
    const called = fastifyPlugin({ maxRequestsPerConnection: 5 } as never, {})
    await assert.rejects(async () => app.register(called as never), {
      message: 'evenkeel was called: give app.register(evenkeel, options)',
    })
    assert.throws(() => express((() => {}) as object), { message: /^options is a function: give an object/ })
  })
})
