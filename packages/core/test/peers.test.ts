import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { forgetful, idleBehind, type Peer, peers } from '@evenkeel/core'

describe('the idle timeout of a server', () => {
  for (const [peer, idle] of Object.entries(peers) as [Peer, number][]) {
    if (forgetful.includes(peer))
      it(`is 5 s less than the ${idle} s after which ${peer} forgets a connection`, () => {
        assert.equal(idleBehind(peer), idle - 5)
      })
    else
      it(`is 5 s more than the ${idle} s for which ${peer} keeps a connection`, () => {
        assert.equal(idleBehind(peer), idle + 5)
      })
  }

  it('is 65 s behind nginx, and 345 s behind aws-nlb', () => {
    assert.deepEqual([idleBehind('nginx'), idleBehind('aws-nlb')], [65, 345])
  })
})
