import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { scale } from '#cli/plan/scale'
import { few } from './numbers.js'

describe('what is simulated', () => {
  it('of 200 connections is all of them, 5 times', () => {
    assert.deepEqual(scale(few), { numbers: few, runs: 5, servers: 1, connections: 1 })
  })

  it('of 2,000 connections is all of them, 3 times', () => {
    const { numbers, runs } = scale({ ...few, connections: 2_000, clients: 2_000 })
    assert.deepEqual([numbers.connections, runs], [2_000, 3])
  })

  it('of 60,000 connections to 50 servers that become 100 is a tenth: 5 that become 10', () => {
    const { numbers, runs, servers, connections } = scale({
      ...{ ...few, servers: 50, to: 100, connections: 60_000, clients: 30_000, rate: 300_000 },
    })
    const { servers: fewer, to, clients, rate } = numbers
    assert.deepEqual([fewer, to, numbers.connections, clients, rate], [5, 10, 6_000, 3_000, 30_000])
    assert.deepEqual([runs, servers, connections], [1, 10, 1])
  })

  it('of 60,000 connections to 2 servers that become 3 is a tenth of the connections', () => {
    const { numbers, servers, connections } = scale({ ...few, to: 3, connections: 60_000, clients: 60_000 })
    assert.deepEqual([numbers.servers, numbers.to, numbers.connections], [2, 3, 6_000])
    assert.deepEqual([servers, connections], [1, 10])
  })

  it('is less where connections live short: 6,000 of them, with 5 requests a second and a limit of 2', () => {
    const { numbers } = scale({ ...few, connections: 6_000, clients: 6_000, rate: 30_000 }, 2)
    assert.equal(numbers.connections, 1_200)
  })

  it('is less where each request has to be simulated: 100 a second of each, in regular pauses', () => {
    const busy = { ...few, connections: 2_000, clients: 2_000, rate: 200_000 }
    assert.equal(scale(busy).numbers.connections, 2_000)
    assert.equal(scale({ ...busy, pace: 'regular' }).numbers.connections, 600)
  })
})
