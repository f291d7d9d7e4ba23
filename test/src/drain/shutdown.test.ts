import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { assertKept } from '../serving.js'
import { it } from '../wire/it.js'
import { Program, untilNotReady, useUntilMarked } from './program.js'

const signals = ['SIGTERM'] as const

/** None is taken for gone because this machine stood still. */
const quiet = 60_000

/** Programs as in the README, and whether Even Keel is loaded in front of them. */
const programs = [
  ['plain.js', false],
  ['alone.js', false],
  ['alone.js', true],
  ['express.js', false],
  ['express.js', true],
  ['koa.js', false],
  ['fastify.js', false],
] as const

describe('a program that is told SIGTERM', () => {
  for (const [file, auto] of programs) {
    const title = auto ? `${file} with auto` : file

    it(`${title} is not ready, marks the connections in use, closes, tells how it went, and ends by itself`, () =>
      Program.run(
        file,
        { signals, delay: 50, within: 500, quiet },
        async (program) => {
          const clients = await Promise.all(Array.from({ length: 5 }, () => program.connect()))
          for (const client of clients) assertKept(await client.request('/ok'))
          const prober = await program.connect()
          const { status, body, headers } = await prober.request('/ready')
          assert.deepEqual([status, body, headers.get('cache-control')], [200, 'ready\n', 'no-store'])
          program.signal('SIGTERM')
          const isLast = await untilNotReady(prober)
          await Promise.all(
            clients.map(async (client) => {
              await useUntilMarked(client)
              assert.equal(await client.ended, 'fin')
              assert.equal(client.rest, '')
            }),
          )
          if (!isLast) prober.close()
          assert.deepEqual(await program.told(), { closed: true })
          const { report, listeners } = await program.told()
          assert.ok(report)
          const { connections, newcomers, closedPolitely, closedIdle, destroyed } = report
          assert.deepEqual([connections, newcomers, closedPolitely + closedIdle, destroyed], [6, 0, 6, 0])
          assert.equal(listeners, 0)
          assert.deepEqual(await program.ended(), [0, null])
        },
        { auto },
      ))
  }

  it('serves on as before for the delay of 60 000 ms, on old connections and new ones', () =>
    Program.run('plain.js', { signals, delay: 60_000 }, async (program) => {
      const client = await program.connect()
      program.signal('SIGTERM')
      assert.equal(await untilNotReady(client), false)
      for (let request = 0; request < 20; request++) assertKept(await client.request('/ok'))
      const other = await program.connect()
      for (let request = 0; request < 20; request++) assertKept(await other.request('/ok'))
    }))

  for (const [options, when] of [
    [{ delay: 60_000 }, 'during its delay'],
    [{ within: 60_000 }, 'during its drain'],
  ] as const) {
    it(`ends at once with the second SIGTERM ${when}`, () =>
      Program.run('plain.js', { signals, ...options }, async (program) => {
        const [prober, client] = [await program.connect(), await program.connect()]
        await client.request('/ok')
        program.signal('SIGTERM')
        await untilNotReady(prober)
        program.signal('SIGTERM')
        assert.deepEqual(await program.ended(), [null, 'SIGTERM'])
      }))
  }

  it('ends at once with the first where only SIGINT is given', () =>
    Program.run('plain.js', { signals: ['SIGINT'] }, async (program) => {
      program.signal('SIGTERM')
      assert.deepEqual(await program.ended(), [null, 'SIGTERM'])
    }))

  it('leaves with any of SIGTERM and SIGINT where both are given', () =>
    Program.run('plain.js', { signals: ['SIGTERM', 'SIGINT'] }, async (program) => {
      program.signal('SIGINT')
      assert.deepEqual(await program.told(), { closed: true })
      assert.equal((await program.told()).report?.connections, 0)
      assert.deepEqual(await program.ended(), [0, null])
    }))

  it('drains connections that it has not seen before the signal, each with its next response', () =>
    Program.run('late.js', { within: 2_000 }, async (program) => {
      const clients = await Promise.all(Array.from({ length: 5 }, () => program.connect()))
      for (const client of clients) assertKept(await client.request('/ok'))
      program.signal('SIGTERM')
      await Promise.all(clients.map(useUntilMarked))
      for (const client of clients) assert.equal(await client.ended, 'fin')
      assert.deepEqual(await program.told(), { closed: true })
      const { report } = await program.told()
      assert.equal(report?.destroyed, 0)
      assert.deepEqual(await program.ended(), [0, null])
    }))

  it('hears how its drain went before it ends, where its server has closed meanwhile', () =>
    Program.run('drains.js', { within: 500 }, async (program) => {
      const client = await program.connect()
      assertKept(await client.request('/ok'))
      program.signal('SIGTERM')
      assert.equal(await client.ended, 'fin')
      assert.deepEqual(await program.told(), { closed: true })
      assert.equal((await program.told()).report?.connections, 1)
      assert.deepEqual(await program.ended(), [0, null])
    }))

  it('goes on when it has something else to do', () =>
    Program.run('stays.js', { signals }, async (program) => {
      program.signal('SIGTERM')
      assert.deepEqual(await program.told(), { closed: true })
      assert.ok((await program.told()).report)
      for (let count = 0; count < 3; count++) assert.deepEqual(await program.told(), { alive: true })
    }))
})
