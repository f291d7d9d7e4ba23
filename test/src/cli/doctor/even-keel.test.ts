import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import createExpress from 'express'
import createFastify from 'fastify'
import Koa from 'koa'
import type { App } from '../../apps/app.js'
import { express } from '../../apps/express.js'
import { fastify } from '../../apps/fastify.js'
import { koa } from '../../apps/koa.js'
import { plain } from '../../apps/plain.js'
import { assertTable, diagnose } from './diagnosis.js'
import * as table from './tables.js'

const apps: readonly App[] = [
  express('Express', createExpress),
  koa('Koa', Koa),
  fastify('Fastify', createFastify),
  plain,
]

/** An application whose answers count, with limits that are soon reached. */
function listen(app: App, maxConnectionAge: number) {
  let executed = 0
  return app.listen({
    options: { maxRequestsPerConnection: 40, maxConnectionAge, idleTimeout: 2_000 },
    answering: () => `request ${++executed}`,
    attached: true,
  })
}

describe('evenkeel doctor, of Even Keel', { concurrency: true }, () => {
  for (const app of apps) {
    it(`on ${app.name} finds a limit of 32 to 40 requests, and none executed behind the last`, async () => {
      const server = await listen(app, Number.POSITIVE_INFINITY)
      const found = await diagnose(`http://127.0.0.1:${server.port}/answer/x`).finally(() => server.close())
      const requests = found.findings.find(({ check }) => check === 'requests')
      assert.match(
        requests?.seen ?? '',
        /^response (3[2-9]|40)( to (3[2-9]|40))? says that it is the last, on 3 of 3/,
      )
      const others = {
        ...found,
        findings: found.findings.filter(({ check }) => !/^requests|^last/.test(check)),
      }
      assertTable(others, 'http/1', [
        table.kept,
        ['hint', 'fine', /^Keep-Alive: timeout=1$/, /^honest, with a margin of/],
        table.tooShort,
        table.noAge,
        ['pipelining', 'fine', / not answered$/, /^those were not executed/],
        table.takesUploads,
      ])
      assert.equal(found.verdict.level, 'fine')
    })
  }

  it('finds a limit of age of 0.8 to 1 s', async () => {
    const server = await listen(plain, 1_000)
    const found = await diagnose(
      `http://127.0.0.1:${server.port}/answer/x`,
      '--requests',
      '9',
      '--for',
      '10s',
    ).finally(() => server.close())
    assert.deepEqual(
      found.findings.filter(({ check }) => check === 'age').map(({ level, verdict }) => [level, verdict]),
      [['fine', 'polite']],
    )
  })
})
