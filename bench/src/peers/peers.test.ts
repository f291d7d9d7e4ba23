import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { measurePeers } from './measure.js'
import { count, maxRequestsPerSocket } from './node-peers.js'
import { planPeers } from './plan.js'

// A batch of 16 pipelined requests goes beyond a limit of 12, however slow the machine is.
const plan = planPeers(1, { clients: 6, pace: 40, limit: 12 })

describe('the peers, measured for a second with a limit of 12', { concurrency: true }, () => {
  it('Even Keel loses no request, and no pipelined one', async () => {
    const { results, versions, leftOut } = await measurePeers([count], plan, () => {})
    const [{ name, byServer, requests, failures, pipelined } = assert.fail()] = results
    assert.equal(name, 'Even Keel, a count')
    assert.equal(byServer.length, 4)
    assert.ok(requests > 0)
    assert.deepEqual(failures, {})
    assert.ok(pipelined.ended >= 20, `${pipelined.ended} connections ended`)
    assert.equal(pipelined.lost, 0)
    assert.equal(pipelined.answered + pipelined.again, pipelined.sent)
    assert.deepEqual({ versions, leftOut }, { versions: {}, leftOut: [] })
  })

  it('maxRequestsPerSocket loses the 4 behind the twelfth of each pipelined connection', async () => {
    const { results } = await measurePeers([maxRequestsPerSocket], plan, () => {})
    const [{ failures, pipelined } = assert.fail()] = results
    assert.deepEqual(failures, {})
    assert.ok(pipelined.ended >= 20, `${pipelined.ended} connections ended`)
    assert.equal(pipelined.lost, 4 * pipelined.ended)
  })

  it('one whose program is missing is left out, and not started', async () => {
    const peer = {
      name: 'a proxy',
      needs: { command: 'no-such-program', version: '-v' },
      start: () => assert.fail('started'),
    }
    const { results, leftOut } = await measurePeers([peer], plan, () => {})
    assert.deepEqual(
      { results, leftOut },
      { results: [], leftOut: [{ name: 'a proxy', missing: 'no-such-program' }] },
    )
  })
})
