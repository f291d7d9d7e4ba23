import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { collect } from '@evenkeel/prometheus'
import { plain } from '../apps/plain.js'
import { FakeClock } from '../fake-clock.js'
import type { RawClient } from '../raw-client.js'
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
})
