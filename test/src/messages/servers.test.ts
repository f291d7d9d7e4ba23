import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { describe, it } from 'node:test'
import { attach, shutdown } from '@evenkeel/node'
import express from 'express'
import express4 from 'express4'
import fastify from 'fastify'
import Koa from 'koa'
import Koa2 from 'koa2'

const callers = { attach, shutdown }

/** What is no server, and what to give instead. */
const applications: readonly [what: string, given: () => unknown, cure: string][] = [
  [
    'an application of Express 5',
    express,
    'give the server that its listen() returns: CALLER(app.listen(3000))',
  ],
  [
    'an application of Express 4',
    express4,
    'give the server that its listen() returns: CALLER(app.listen(3000))',
  ],
  [
    'an application of Koa 3',
    () => new Koa(),
    'give the server that its listen() returns: CALLER(app.listen(3000))',
  ],
  [
    'an application of Koa 2',
    () => new Koa2(),
    'give the server that its listen() returns: CALLER(app.listen(3000))',
  ],
  ['a NestJS application', () => ({ listen() {}, getHttpServer() {} }), 'give app.getHttpServer()'],
  [
    'the address that listen() of Fastify resolves with',
    () => 'http://127.0.0.1:3000',
    "give app.server: Fastify's listen() resolves with an address only",
  ],
  ['a promise', async () => {}, 'await it, and give the server (in Fastify app.server)'],
  ['what has its server, and no close()', () => ({ server: createServer() }), 'give app.server'],
]

describe('what is no server', () => {
  for (const [caller, call] of Object.entries(callers)) {
    for (const [what, given, cure] of applications) {
      it(`is refused by ${caller}, which says what to give for ${what}`, async () => {
        await refused(caller, given(), cure.replace('CALLER', caller))
      })
    }

    for (const given of [undefined, null, 3000, {}, createTcpServer()]) {
      it(`is refused by ${caller} where it is ${given instanceof Object ? given.constructor.name : given}`, async () => {
        const also = caller === 'shutdown' ? ', or a Fastify instance' : ''
        await refused(caller, given, `give what createServer() or app.listen() returns${also}`)
      })
    }

    async function refused(name: string, given: unknown, cure: string): Promise<void> {
      await assert.rejects(
        async () => call(given as never),
        (error: Error) => {
          assert.equal(error.name, 'OptionError')
          assert.ok(error.message.startsWith(`${name} was given `), error.message)
          assert.ok(
            error.message.endsWith(`, which is no server of node:http, node:https or node:http2: ${cure}`),
            error.message,
          )
          return true
        },
      )
    }
  }

  it('is a Fastify instance to attach, which says app.server', async () => {
    const app = fastify()
    assert.throws(() => attach(app as never), { cure: 'give app.server' })
    attach(app.server)
    await shutdown(app)
  })
})
