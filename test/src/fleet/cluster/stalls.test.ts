import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { clustered } from './clustered.js'
import type { Account } from './programs/own.js'

const start = { workers: 3, fleet: { interval: 50 } }

const knows = ({ status }: Account): boolean => status?.members === 3 && status.state !== 'unreachable'
const lost = ({ status }: Account): boolean => status?.state === 'unreachable'

describe('a fleet of 3 workers', () => {
  it('serves on while its primary is stopped, with the usual limits, and is whole again behind it', () =>
    clustered('own.js', start, async (cluster) => {
      for (const worker of [1, 2, 3]) await cluster.until(worker, knows)
      // The primary deals them out in turn.
      const clients = await Promise.all([1, 2, 3].map(() => RawClient.connect({ port: cluster.port })))
      for (const client of clients) await client.request('/')
      process.kill(cluster.pid, 'SIGSTOP')
      for (const client of clients) while ((await client.request('/')).body !== 'unreachable') {}
      process.kill(cluster.pid, 'SIGCONT')
      for (const worker of [1, 2, 3]) {
        const { maxConnectionAge } = await cluster.until(worker, knows)
        assert.equal(maxConnectionAge, 3_600_000)
      }
      for (const client of clients) client.close()
    }))

  it('tells nobody of a part of it when its primary stood still for 2.5 s', () =>
    clustered('own.js', { workers: 3, fleet: { interval: 400 } }, async (cluster) => {
      for (const worker of [1, 2, 3]) await cluster.until(worker, knows)
      for (const worker of [1, 2, 3]) cluster.order(worker, 'forget')
      cluster.send({ block: 2_500 })
      await cluster.next('blocked')
      for (const worker of [1, 2, 3]) {
        // Each has given its primary up meanwhile: what it knows now it has heard since.
        assert.equal((await cluster.until(worker, knows)).fewest, 3)
      }
    }))

  it('counts a worker that is stopped no more, and counts it when it goes on', () =>
    clustered('own.js', start, async (cluster) => {
      await cluster.until(1, knows)
      cluster.send({ worker: 2, signal: 'SIGSTOP' })
      await cluster.until(1, ({ status }) => status?.members === 2)
      cluster.send({ worker: 2, signal: 'SIGCONT' })
      for (const worker of [1, 2, 3]) await cluster.until(worker, knows)
    }))
})

describe('a primary that does not load Even Keel', () => {
  it('leaves its workers with the usual limits, and a warning that says what to do', () =>
    clustered('stranger.js', { workers: 2, fleet: {} }, async (cluster) => {
      const { maxConnectionAge, members } = await cluster.until(1, lost)
      assert.equal(maxConnectionAge, 300_000)
      assert.match(String(members), /^the primary process of this cluster does not answer: import /)
      await cluster.printed('EVENKEEL_FLEET_UNREACHABLE')
      assert.match(cluster.stderr, /import '@evenkeel\/fleet' there too; .*\(PM2\), use redisStore/)
      const client = await RawClient.connect({ port: cluster.port })
      assert.equal((await client.request('/')).status, 200)
      client.close()
    }))
})
