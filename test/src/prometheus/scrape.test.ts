import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { collect } from '@evenkeel/prometheus'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { plain } from '../apps/plain.js'
import { serving } from '../serving.js'
import { nonZeroIn, stepsIn } from './scrape.js'

const pipelined = (count: number): string => 'GET /ok HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(count)

describe('a scrape', { timeout: 20_000 }, () => {
  it('tells what 7 raw clients did, to the connection, the request and the millisecond', () => {
    const clock = new FakeClock()
    const options = {
      maxRequestsPerConnection: 3,
      maxConnectionAge: 60_000,
      jitter: 0,
      maxConnections: 100,
      clock,
    }
    return serving(plain, { options }, async ({ keel, connect, closed }) => {
      const register = collect(keel())
      const request = async (client: RawClient, times: number): Promise<void> => {
        for (let time = 0; time < times; time++) await client.request('/ok')
      }
      const idle = await connect()
      await request(idle, 1)
      const silent = await connect()
      const old = await connect()
      await request(old, 1)

      const full = await connect()
      await request(full, 2)
      clock.advance(1_500)
      await request(full, 1)
      await full.ended

      const chosen = await connect()
      await request(chosen, 1)
      keel().retire(chosen.key)
      await request(chosen, 1)
      await chosen.ended

      const eager = await connect()
      eager.send(pipelined(4))
      await eager.ended

      const leaving = await connect()
      await request(leaving, 2)
      clock.advance(30_000)
      leaving.close()
      await closed(4)

      clock.advance(28_500)
      await request(old, 1)
      await old.ended
      await closed(5)

      const text = await register.metrics()
      assert.deepEqual(nonZeroIn(text), {
        'evenkeel_connections{state="new"}': 1,
        'evenkeel_connections{state="idle"}': 1,
        evenkeel_connections_opened_total: 7,
        'evenkeel_connections_closed_total{reason="max-requests",closed_by="server"}': 2,
        'evenkeel_connections_closed_total{reason="max-age",closed_by="server"}': 1,
        'evenkeel_connections_closed_total{reason="manual",closed_by="server"}': 1,
        'evenkeel_connections_closed_total{reason="none",closed_by="client"}': 1,
        'evenkeel_connections_retired_total{reason="max-requests"}': 2,
        'evenkeel_connections_retired_total{reason="max-age"}': 1,
        'evenkeel_connections_retired_total{reason="manual"}': 1,
        'evenkeel_connections_idle_closed_total{closed_by="client"}': 1,
        evenkeel_requests_total: 13,
        evenkeel_requests_late_total: 1,
        evenkeel_requests_per_connection_sum: 12,
        evenkeel_requests_per_connection_count: 5,
        evenkeel_connection_age_at_close_seconds_sum: 91.5,
        evenkeel_connection_age_at_close_seconds_count: 5,
        evenkeel_connection_idle_at_close_seconds_sum: 30,
        evenkeel_connection_idle_at_close_seconds_count: 1,
        evenkeel_max_connections: 100,
        evenkeel_ready: 1,
      })
      assert.deepEqual(stepsIn(text, 'evenkeel_requests_per_connection'), [
        ['2', 3],
        ['5', 5],
      ])
      assert.deepEqual(stepsIn(text, 'evenkeel_connection_age_at_close_seconds'), [
        ['0.1', 2],
        ['2', 3],
        ['30', 4],
        ['60', 5],
      ])
      assert.deepEqual(stepsIn(text, 'evenkeel_connection_idle_at_close_seconds'), [['30', 1]])
      for (const client of [idle, silent]) client.close()
    })
  })

  it('tells of evictions, of refusals and of a drain', () => {
    const clock = new FakeClock()
    const options = { maxConnections: 2, quietGuard: 500, clock }
    return serving(plain, { options }, async ({ keel, connect, nextWaiting }) => {
      const register = collect(keel())
      const idle = await connect()
      await idle.request('/ok')
      clock.advance(10_000)
      const answers: (() => void)[] = []
      const busy: RawClient[] = []
      for (let place = 0; place < 2; place++) {
        const waiting = nextWaiting()
        const client = await connect()
        client.send('GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n')
        busy.push(client)
        answers.push(await waiting)
        await idle.ended
      }
      const refused = await connect()
      await refused.ended
      const stop = new AbortController()
      const drained = keel().drain({ signal: stop.signal })
      stop.abort()
      await assert.rejects(drained)
      assert.deepEqual(nonZeroIn(await register.metrics()), {
        'evenkeel_connections{state="active"}': 2,
        evenkeel_connections_opened_total: 3,
        'evenkeel_connections_closed_total{reason="evicted",closed_by="server"}': 1,
        'evenkeel_connections_retired_total{reason="evicted"}': 1,
        'evenkeel_connections_idle_closed_total{closed_by="server"}': 1,
        evenkeel_connections_refused_total: 1,
        evenkeel_requests_total: 3,
        evenkeel_requests_per_connection_sum: 1,
        evenkeel_requests_per_connection_count: 1,
        evenkeel_connection_age_at_close_seconds_sum: 10,
        evenkeel_connection_age_at_close_seconds_count: 1,
        evenkeel_connection_idle_at_close_seconds_sum: 10,
        evenkeel_connection_idle_at_close_seconds_count: 1,
        evenkeel_drains_total: 1,
        evenkeel_max_connections: 2,
        evenkeel_ready: 1,
      })
      for (const answer of answers) answer()
      for (const client of busy) client.close()
    })
  })

  it('tells of a dry run what would have been, and what is', () =>
    serving(
      plain,
      { options: { maxRequestsPerConnection: 2, jitter: 0, dryRun: true } },
      async ({ keel, connect }) => {
        const register = collect(keel())
        const client = await connect()
        for (let request = 0; request < 5; request++) await client.request('/ok')
        assert.deepEqual(nonZeroIn(await register.metrics()), {
          'evenkeel_connections{state="idle"}': 1,
          evenkeel_connections_opened_total: 1,
          'evenkeel_connections_retired_total{reason="max-requests"}': 2,
          evenkeel_requests_total: 5,
          evenkeel_max_connections: Infinity,
          evenkeel_ready: 1,
          evenkeel_dry_run: 1,
        })
        client.close()
      },
    ))
})
