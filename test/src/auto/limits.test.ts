import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RawClient } from '../raw-client.js'
import { running, ways } from './program.js'
import type { Announcement } from './programs/announce.js'
import { programs } from './programs.js'

const options = { MAX_REQUESTS_PER_CONNECTION: '3', JITTER: '0' }

describe('a program that knows nothing of Even Keel', () => {
  for (const way of ways) {
    for (const file of programs) {
      it(`${file} by --${way} marks the third response of 3 and no other, then ends the connection with FIN`, () =>
        running<Announcement>(file, { way, options }, async ({ port }) => {
          for (let connection = 0; connection < 2; connection++) await assertThree(port)
        }))
    }
  }
})

async function assertThree(port: number): Promise<void> {
  const client = await RawClient.connect({ port })
  const marks = []
  for (let request = 0; request < 3; request++) {
    const { status, headers } = await client.request('/ok')
    assert.equal(status, 200)
    marks.push(headers.get('connection'))
  }
  assert.deepEqual(marks, ['keep-alive', 'keep-alive', 'close'])
  assert.equal(await client.ended, 'fin')
  assert.equal(client.rest, '')
}
