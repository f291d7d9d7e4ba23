import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { forgetful } from '@evenkeel/core'
import { idleTimeoutBehind, type Peer } from '@evenkeel/node'

describe('idleTimeoutBehind', () => {
  const seconds: Record<Peer, number> = {
    'aws-alb': 65,
    'aws-nlb': 345,
    azure: 235,
    cloudflare: 905,
    envoy: 3605,
    gcp: 605,
    go: 95,
    nginx: 65,
    traefik: 95,
  }
  for (const [peer, timeout] of Object.entries(seconds)) {
    const side = forgetful.includes(peer as Peer) ? 'below' : 'above'
    it(`is ${timeout} s behind ${peer}, 5 s ${side} what it keeps`, () => {
      assert.equal(idleTimeoutBehind(peer as Peer), timeout * 1000)
    })
  }

  it('refuses a peer that it does not know, and lists those it does', () => {
    assert.throws(() => idleTimeoutBehind('toString' as Peer), {
      code: 'ERR_EVENKEEL_OPTION_INVALID',
      message:
        /knows no peer "toString": use one of aws-alb, .*traefik, or set idleTimeout above your peer's own/,
    })
  })
})
