import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FleetStatus, Keel } from '@evenkeel/node'
import { collect } from '@evenkeel/prometheus'
import { instrument } from '@evenkeel/prometheus/opentelemetry'
import { plain } from '../apps/plain.js'
import { Asking, askFor, type Pair, twoServers } from '../fleet/two-servers.js'
import { serving } from '../serving.js'
import { reading } from './reading.js'
import { valuesIn } from './scrape.js'

/** The series of a text that tell of a fleet. */
function fleetIn(text: string): Record<string, number> {
  return Object.fromEntries([...valuesIn(text)].filter(([series]) => series.startsWith('evenkeel_fleet_')))
}

const states = ['joining', 'even', 'shedding', 'elephant', 'sticky', 'alone', 'unreachable']

/** The same of a snapshot. */
function expected(status: FleetStatus): Record<string, number> {
  return {
    evenkeel_fleet_members: status.members,
    evenkeel_fleet_load: status.load,
    evenkeel_fleet_fair_share: status.fair,
    evenkeel_fleet_surplus: status.surplus,
    evenkeel_fleet_weight: status.weight,
    evenkeel_fleet_connections_returned: status.returned,
    ...Object.fromEntries(
      states.map((state) => [`evenkeel_fleet_state{state="${state}"}`, Number(state === status.state)]),
    ),
  }
}

function statusOf(keel: Keel): FleetStatus {
  const { fleet } = keel.snapshot()
  assert.ok(fleet)
  return fleet
}

/** 50 requests a second to one server of weight 3, and 10 to another of weight 1, for 10 seconds. */
async function uneven(pair: Pair): Promise<void> {
  const clients = [
    ...Array.from({ length: 5 }, () => new Asking(pair.one.connect, 10)),
    new Asking(pair.other.connect, 10),
  ]
  await askFor(10, clients, pair)
}

describe('a scrape of a fleet', { timeout: 20_000 }, () => {
  it('is the snapshot of each of 2 servers: 60 requests a second, of which 45 are fair by weight', () =>
    twoServers({ weights: [3, 1] }, async (pair) => {
      await uneven(pair)
      const keels = [pair.one.keel(), pair.other.keel()]
      for (const keel of keels) {
        assert.deepEqual(fleetIn(await collect(keel).metrics()), expected(statusOf(keel)))
      }
      const [one, other] = keels.map((keel) => statusOf(keel))
      assert.deepEqual([one?.members, one?.weight, other?.weight], [2, 3, 1])
      assert.equal(Math.round(one?.total ?? 0), 60)
      assert.equal(Math.round(one?.fair ?? 0), 45)
      assert.equal(Math.round(other?.surplus ?? 0), -5)
    }))

  it('counts what is shed as retired for the reason fleet: as many as the snapshot says', () =>
    twoServers({}, async (pair) => {
      const clients = Array.from({ length: 10 }, () => new Asking(pair.one.connect, 20))
      await askFor(8, clients, pair)
      const keel = pair.one.keel()
      const values = valuesIn(await collect(keel).metrics())
      const { shed } = statusOf(keel)
      assert.ok(shed > 0)
      assert.equal(values.get('evenkeel_connections_retired_total{reason="fleet"}'), shed)
    }))

  it('adds up 2 servers of one process, counts them by state, and does not double their 2 members', () =>
    twoServers({ weights: [3, 1] }, async (pair) => {
      await uneven(pair)
      const keels = [pair.one.keel(), pair.other.keel()]
      const [one, other] = keels.map((keel) => expected(statusOf(keel)))
      const sums = Object.entries(one ?? {}).map(([series, value]) => [
        series,
        value + (other?.[series] ?? 0),
      ])
      assert.deepEqual(fleetIn(await collect(keels).metrics()), {
        ...Object.fromEntries(sums),
        evenkeel_fleet_members: 2,
      })
    }))

  it('has nothing of a server that is in no fleet, and of one that has left it', () =>
    serving(plain, { options: {}, attached: true }, (without) =>
      twoServers({}, async ({ one, other, pass }) => {
        await pass(2)
        const register = collect([without.keel(), one.keel()])
        assert.equal(valuesIn(await register.metrics()).get('evenkeel_fleet_weight'), 1)
        assert.deepEqual(fleetIn(await collect(without.keel()).metrics()), {})
        assert.deepEqual(fleetIn(await collect([]).metrics()), {})
        one.keel().detach()
        assert.deepEqual(fleetIn(await register.metrics()), {})
        await pass(1)
        assert.equal(valuesIn(await collect(other.keel()).metrics()).get('evenkeel_fleet_members'), 1)
      }),
    ))

  it('has the same numbers in OpenTelemetry, with their digits behind the point', () =>
    twoServers({ weights: [2.5, 1] }, async (pair) => {
      await uneven(pair)
      const keel = pair.one.keel()
      const { meterProvider, read } = reading()
      const stop = instrument(keel, { meterProvider })
      const { values } = await read()
      const status = statusOf(keel)
      assert.deepEqual(
        Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith('evenkeel.fleet.'))),
        {
          'evenkeel.fleet.members': 2,
          'evenkeel.fleet.load': status.load,
          'evenkeel.fleet.fair_share': status.fair,
          'evenkeel.fleet.surplus': status.surplus,
          'evenkeel.fleet.weight': 2.5,
          'evenkeel.fleet.returned': status.returned,
          ...Object.fromEntries(
            states.map((state) => [
              `evenkeel.fleet.state evenkeel.fleet.state=${state}`,
              Number(state === status.state),
            ]),
          ),
        },
      )
      assert.ok(!Number.isInteger(status.fair))
      stop()
    }))
})
