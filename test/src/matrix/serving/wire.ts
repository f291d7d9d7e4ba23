import assert from 'node:assert/strict'
import { RawClient } from '@evenkeel/test-kit/raw-client'

/** What is asked, and what the last response says. */
export interface Exchange {
  readonly path?: string
  readonly headers?: string
  readonly body?: RegExp
}

/** How many requests each program of the matrix serves on a connection. */
export const limit = 3

/** The same from the environment. */
export const limitFromEnvironment: NodeJS.ProcessEnv = {
  EVENKEEL_MAX_REQUESTS_PER_CONNECTION: String(limit),
  EVENKEEL_JITTER: '0',
}

/** On one raw socket: no response says close but the third, then comes FIN. */
export async function assertThirdIsLast(
  port: number,
  { path = '/', headers = '', body = /./ }: Exchange = {},
): Promise<void> {
  const client = await RawClient.connect({ port })
  try {
    for (let count = 1; count <= limit; count++) {
      const response = await client.request(path, { headers })
      assert.equal(response.status, 200, `response ${count}:\n${response.head}\n${response.body}`)
      const marked = response.headers.get('connection')?.toLowerCase() === 'close'
      assert.equal(marked, count === limit, `response ${count}:\n${response.head}`)
      if (count === limit) assert.match(response.body, body)
    }
    assert.equal(await client.ended, 'fin')
    assert.equal(client.rest, '')
  } finally {
    client.close()
  }
}
