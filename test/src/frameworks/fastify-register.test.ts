import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import plugin, { evenkeel } from '@evenkeel/fastify'
import autoload from '@fastify/autoload'
import fastify, { type FastifyInstance } from 'fastify'

const require = createRequire(import.meta.url)

describe('Fastify registers the plugin', () => {
  it('as the default export, which is the named one', () => assert.equal(plugin, evenkeel))

  it('by import(), with options', () =>
    registered(
      (app) => app.register(import('@evenkeel/fastify'), { maxRequestsPerConnection: 7 }),
      (app) => assert.equal(app.evenkeel.limits.maxRequestsPerConnection, 7),
    ))

  it('by require(), with and without options', async () => {
    await registered(
      (app) => app.register(require('@evenkeel/fastify')),
      (app) => assert.equal(app.evenkeel.limits.maxRequestsPerConnection, 1000),
    )
    await registered(
      (app) => app.register(require('@evenkeel/fastify'), { maxRequestsPerConnection: 7 }),
      (app) => assert.equal(app.evenkeel.limits.maxRequestsPerConnection, 7),
    )
  })

  it('with options by function, which gets the instance', () =>
    registered(
      (app) => {
        app.decorate('most', 7)
        return app.register(evenkeel, (parent) => ({
          maxRequestsPerConnection: (parent as FastifyInstance & { most: number }).most,
        }))
      },
      (app) => assert.equal(app.evenkeel.limits.maxRequestsPerConnection, 7),
    ))

  it('with what Fastify, Avvio and fastify-cli add to the options, twice too', () => {
    const given = {
      maxRequestsPerConnection: 7,
      prefix: '/api',
      logLevel: 'warn',
      logSerializers: { request: String },
      name: 'ours',
      skipOverride: true,
    } as const
    return registered(
      (app) => app.register(evenkeel, given).register(evenkeel, given),
      (app) => assert.equal(app.evenkeel.limits.maxRequestsPerConnection, 7),
    )
  })

  it('and still refuses an unknown option beside a prefix', async () => {
    const app = fastify()
    await assert.rejects(async () => app.register(evenkeel, { prefix: '/api', prefixes: 1 } as object), {
      code: 'ERR_EVENKEEL_OPTION_UNKNOWN',
      option: 'prefixes',
    })
  })

  it('from a folder by @fastify/autoload, which gives a prefix for its folder, and options for all', () =>
    registered(
      (app) =>
        app.register(autoload, {
          dir: join(import.meta.dirname, 'plugins'),
          options: { prefix: '/api', jitter: 0 },
          scriptPattern: /\.js$/,
        }),
      (app) => {
        assert.equal(app.evenkeel.limits.maxRequestsPerConnection, 7)
        assert.equal(app.evenkeel.limits.jitter, 0)
      },
    ))
})

async function registered(
  register: (app: FastifyInstance) => unknown,
  check: (app: FastifyInstance) => void,
): Promise<void> {
  const app = fastify()
  try {
    await register(app)
    await app.ready()
    check(app)
  } finally {
    await app.close()
  }
}
