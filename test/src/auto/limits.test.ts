import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { running } from './program.js'
import type { Announcement } from './programs/announce.js'
import { programs, waysOf } from './programs.js'

const options = { MAX_REQUESTS_PER_CONNECTION: '3', JITTER: '0' }

describe('a program that knows nothing of Even Keel', () => {
  for (const file of programs) {
    for (const way of waysOf(file)) {
      it(`${file} by --${way} marks the third response of 3 and no other, then ends the connection with FIN, also of 8 that are pipelined in one piece or in many`, () =>
        running<Announcement>(file, { way, options }, async ({ port }) => {
          for (let connection = 0; connection < 2; connection++) await assertThree(port)
          const get = 'GET /ok HTTP/1.1\r\nHost: localhost\r\n\r\n'
          await assertThreeOf([get.repeat(8)], port)
          await assertThreeOf(Array(8).fill(get), port)
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

async function assertThreeOf(pieces: readonly string[], port: number): Promise<void> {
  const client = await RawClient.connect({ port })
  for (const piece of pieces) client.send(piece)
  const marks = []
  for (let response = 0; response < 3; response++) {
    marks.push((await client.response()).headers.get('connection'))
  }
  assert.deepEqual(marks, ['keep-alive', 'keep-alive', 'close'])
  assert.equal(await client.ended, 'fin')
  assert.equal(client.rest, '')
}
