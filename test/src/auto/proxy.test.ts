import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { running, type Start } from './program.js'
import type { Announcement } from './programs/announce.js'

const marking: Start = { way: 'import', options: { MAX_REQUESTS_PER_CONNECTION: '3', JITTER: '0' } }

describe('a proxy that hands its requests to undici as bodies', () => {
  for (const [what, start, last] of [
    ['without Even Keel answers 3 POSTs on one connection', {}, 'keep-alive'],
    ['with it answers them too, and marks the third', marking, 'close'],
  ] as const) {
    it(what, () =>
      running<Announcement>('proxy.js', start, async ({ port }) => {
        const client = await RawClient.connect({ port })
        const marks = []
        for (const body of ['one', 'two', 'three']) {
          const response = await client.request('/', { method: 'POST', body })
          assert.equal(response.body, body)
          marks.push(response.headers.get('connection'))
        }
        assert.deepEqual(marks, ['keep-alive', 'keep-alive', last])
        client.close()
      }),
    )
  }
})
