import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { seeded } from '@evenkeel/test-kit/seeded'
import fc from 'fast-check'
import type { Choice } from '#cli/spread/judge/choice'
import { judge } from '#cli/spread/judge/verdict'
import { balancer, type Kind } from './balancers.js'
import { type Sent, simulate } from './simulate.js'

const sent: Sent = { connections: 100, requests: 2, from: [''] }
const addresses = Array.from({ length: 8 }, (_, last) => `127.0.0.${last + 1}`)

/** The seed is fixed: a verdict is wrong about once in a thousand runs, and that is no fault. */
function holds(runs: number, check: (servers: number, seed: number) => void): void {
  fc.assert(fc.property(fc.integer({ min: 2, max: 5 }), fc.nat(), check), { numRuns: runs, seed: 1 })
}

const cases: readonly (readonly [Kind, Choice, boolean | undefined, Partial<Sent>?])[] = [
  ['random', 'random', true],
  ['random', 'random', true, { from: addresses }],
  ['weighted random', 'random', undefined],
  ['round robin', 'round-robin', true],
  ['round robin', 'round-robin', true, { from: addresses }],
  ['weighted round robin', 'round-robin', undefined],
  ['least connections', 'least-connections', true],
  ['source hash', 'client-address', undefined, { from: addresses }],
  ['workers', 'steadier-than-chance', true],
]

describe('100 connections through a model of a balancer with 2 to 5 servers', () => {
  for (const [kind, choice, isEven, other = {}] of cases) {
    const where = other.from === undefined ? '' : `, from ${other.from.length} addresses`
    it(`tell ${choice} from ${kind}${where}`, () => {
      holds(8, (servers, seed) => {
        const random = seeded(seed)
        const seen = simulate(balancer(kind, servers, random), { ...sent, ...other }, random)
        const verdict = judge(seen)
        assert.equal(verdict.reach, 'one')
        assert.equal(verdict.servers.length, servers)
        assert.equal(verdict.choice?.choice, choice)
        if (isEven !== undefined) assert.equal((verdict.evenness?.probability ?? 0) >= 0.0003, isEven)
      })
    })
  }

  it('tell layer 7 where one connection of 100 reaches a second server', () => {
    const connections = Array.from({ length: 100 }, (_, place) => ({
      ...{ from: '', isLater: false },
      servers: place === 50 ? ['a', 'b'] : ['a', 'a'],
    }))
    assert.equal(judge({ connections, closed: undefined }).reach, 'many')
  })
})

describe('what cannot be told', () => {
  it('is the layer, with 1 answer on each connection', () => {
    const random = seeded(1)
    const seen = simulate(balancer('random', 3, random), { ...sent, requests: 1 }, random)
    assert.equal(judge(seen).reach, 'unknown')
  })

  it('is round robin or least connections, where only 3 connections could be closed', () => {
    const random = seeded(1)
    for (const kind of ['round robin', 'least connections'] as const) {
      const seen = simulate(balancer(kind, 2, random), sent, random)
      const few = { ...seen, closed: { server: '0', room: 3 } }
      assert.equal(judge(few).choice?.choice, 'in-turn')
    }
  })

  it('is the choice, with 11 connections', () => {
    const random = seeded(1)
    const seen = simulate(balancer('random', 2, random), { ...sent, connections: 11 }, random)
    assert.equal(judge(seen).choice, undefined)
  })

  it('is the client’s address, with 2 connections from each of 2 addresses', () => {
    const connections = ['a', 'b', 'a', 'b'].map((server) => ({
      ...{ from: server, isLater: false, servers: [server] },
    }))
    assert.notEqual(judge({ connections, closed: undefined }).choice?.choice, 'client-address')
  })
})
