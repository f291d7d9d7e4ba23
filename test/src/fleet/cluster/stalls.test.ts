import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Cluster, clustered } from './clustered.js'
import { Pinned } from './pinned.js'
import type { Account } from './programs/own.js'

const fleet = { interval: 50, window: 500 }
const start = { workers: 3, fleet }

const knows = ({ status }: Account): boolean => status?.members === 3 && status.state !== 'unreachable'
const lost = ({ status }: Account): boolean => status?.state === 'unreachable'

describe('a fleet of 3 workers', () => {
  it('serves on while its primary is stopped, with the usual limits, and is whole again behind it', () =>
    served(async (cluster) => {
      process.kill(cluster.pid, 'SIGSTOP')
      await cluster.printed(
        'does not answer any more: check whether it is stopped or its event loop is blocked',
      )
      process.kill(cluster.pid, 'SIGCONT')
      for (const worker of [1, 2, 3])
        assert.equal((await cluster.until(worker, knows)).maxConnectionAge, 3_600_000)
    }))

  it('tells nobody of a part of it when its primary stood still for 2 s', () =>
    clustered('own.js', { workers: 3, fleet: { interval: 200 } }, async (cluster) => {
      for (const worker of [1, 2, 3]) await cluster.until(worker, knows)
      for (const worker of [1, 2, 3]) cluster.order(worker, 'forget')
      cluster.send({ block: 2_000 })
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
    clustered('stranger.js', { workers: 2, fleet }, async (cluster) => {
      const { maxConnectionAge, members } = await cluster.until(1, lost)
      assert.equal(maxConnectionAge, 300_000)
      assert.match(String(members), /^the primary process of this cluster does not answer: import /)
      await cluster.printed('EVENKEEL_FLEET_UNREACHABLE')
      assert.match(cluster.stderr, /import '@evenkeel\/fleet' there too; .*\(PM2\), use redisStore/)
      const clients = new Pinned(cluster.port, 4, 5, 1)
      for await (const round of clients.rounds()) {
        assert.equal(round.size, 2)
        break
      }
      clients.close()
    }))
})

/** Clients keep asking all the while, and no request fails. */
async function served(test: (cluster: Cluster) => Promise<void>): Promise<void> {
  await clustered('own.js', start, async (cluster) => {
    for (const worker of [1, 2, 3]) await cluster.until(worker, knows)
    const clients = new Pinned(cluster.port, 12, 5, 3)
    let isOver = false
    let rounds = 0
    let begun = (): void => {}
    const settled = new Promise<void>((resolve) => {
      begun = resolve
    })
    const asking = (async () => {
      for await (const _ of clients.rounds()) {
        if (++rounds === 10) begun()
        if (isOver) break
      }
    })()
    try {
      await Promise.race([settled.then(() => test(cluster)), asking])
    } finally {
      isOver = true
      await asking
      clients.close()
    }
  })
}
