import assert from 'node:assert/strict'
import { describe } from 'node:test'
import { it } from '../wire/it.js'
import { Program, untilNotReady, useUntilMarked } from './program.js'

describe('shutdown with close-with-grace', () => {
  it('drains a program that is told SIGTERM, which ends with code 0', () =>
    Program.run('close-with-grace.js', { delay: 50, within: 500, quiet: 60_000 }, async (program) => {
      const clients = await Promise.all(Array.from({ length: 5 }, () => program.connect()))
      for (const client of clients) await client.request('/ok')
      const prober = await program.connect()
      assert.equal((await prober.request('/ready')).status, 200)
      program.signal('SIGTERM')
      const isLast = await untilNotReady(prober)
      await Promise.all(clients.map(useUntilMarked))
      if (!isLast) prober.close()
      assert.deepEqual(await program.told(), { closed: true })
      const { report } = await program.told()
      assert.deepEqual([report?.connections, report?.destroyed], [6, 0])
      assert.deepEqual(await program.ended(), [0, null])
    }))

  it('ends it at once with the second SIGTERM, with code 1', () =>
    Program.run('close-with-grace.js', { within: 60_000 }, async (program) => {
      const [prober, client] = [await program.connect(), await program.connect()]
      await client.request('/ok')
      program.signal('SIGTERM')
      await untilNotReady(prober)
      program.signal('SIGTERM')
      assert.deepEqual(await program.ended(), [1, null])
    }))
})
