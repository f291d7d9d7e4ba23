import assert from 'node:assert/strict'
import { it } from 'node:test'
import { run } from './campaign.js'
import { http2 } from './http2/http2.js'

/** Each is played to a bare server and to up to five with Even Keel. */
const runs = 60

for (const seed of [1, 2]) {
  it(`http2: ${runs} random scripts of frames, seed ${seed}: Even Keel answers as a bare server, up to its GOAWAY`, async () => {
    const { scripts, failure } = await run(http2, { seed, runs })
    assert.equal(failure, undefined)
    assert.equal(scripts, runs)
  })
}
