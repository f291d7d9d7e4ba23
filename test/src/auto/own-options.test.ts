import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { running, ways } from './program.js'
import type { Announcement } from './programs/announce.js'

const options = { MAX_REQUESTS_PER_CONNECTION: '3', JITTER: '0' }

describe('a limit of 2 that a program sets itself wins over a variable of 3', () => {
  for (const way of ways) {
    for (const [file, what] of [
      ['early.js', 'attach(server, …) before it listens'],
      ['late.js', 'attach(server.listen(…), …)'],
      ['middleware.js', 'app.use(evenkeel(…))'],
    ] as const) {
      it(`${what}, loaded by --${way}`, () =>
        running<Announcement>(file, { way, options }, async ({ port }) => {
          const client = await RawClient.connect({ port })
          const first = await client.request('/ok')
          assert.equal(first.status, 200, first.body)
          assert.equal(first.headers.get('connection'), 'keep-alive')
          assert.equal((await client.request('/ok')).headers.get('connection'), 'close')
          assert.equal(await client.ended, 'fin')
        }))
    }
  }
})
