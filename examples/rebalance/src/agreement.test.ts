import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareCounts, differences } from './agreement.js'
import { parseExposition } from './exposition.js'
import { addUp } from './metrics.js'
import { sampleTraffic } from './sample.js'

/** What one server says of 10 connections that it retired and 2 that the clients ended. */
const scraped = `
# TYPE evenkeel_connections gauge
evenkeel_connections{state="idle"} 0
evenkeel_connections_opened_total 12
evenkeel_requests_total 250
evenkeel_connections_retired_total{reason="max-requests"} 10
evenkeel_connections_retired_total{reason="max-age"} 0
evenkeel_connections_closed_total{reason="max-requests",closed_by="server"} 7
evenkeel_connections_closed_total{reason="max-requests",closed_by="client"} 3
evenkeel_connections_closed_total{reason="none",closed_by="client"} 2
other_total{reason="max-requests"} 99
`
const twoServers = parseExposition(scraped + scraped)
const traffic = sampleTraffic({ opened: 24, requests: 500, lastResponses: 20 })

test('the metrics of all servers are added up, by reason whoever closed first', () => {
  assert.deepEqual(addUp(twoServers), {
    open: 0,
    opened: 24,
    requests: 500,
    retired: { 'max-requests': 20 },
    closed: { 'max-requests': 20, none: 4 },
  })
})

test('clients who counted the same agree', () => {
  assert.deepEqual(differences(compareCounts('max-requests', traffic, addUp(twoServers))), [])
})

test('one connection, request, mark or reason more or less is a difference', () => {
  const metrics = addUp(twoServers)
  const names = (...[parts, says = metrics]: [Partial<typeof traffic>, typeof metrics?]): string[] =>
    differences(compareCounts('max-requests', { ...traffic, ...parts }, says)).map(({ name }) => name)
  const notRetired = 'connections closed, not retired'
  assert.deepEqual(names({ opened: 25 }), ['connections opened', notRetired])
  assert.deepEqual(names({ requests: 499 }), ['requests'])
  assert.deepEqual(names({ lastResponses: 21 }), [
    'connections retired, right reason',
    'connections closed, right reason',
    notRetired,
  ])
  assert.deepEqual(names({}, { ...metrics, retired: { 'max-requests': 20, 'max-age': 1 } }), [
    'connections retired, other reasons',
  ])
  assert.deepEqual(names({}, { ...metrics, closed: { ...metrics.closed, drain: 1 } }), [
    'connections closed, other reasons',
  ])
  assert.deepEqual(names({}, { ...metrics, open: 1 }), ['connections still open'])
})

test('in a fleet the right reason is fleet, and max-requests is another one', () => {
  const metrics = { ...addUp(twoServers), retired: { fleet: 20 }, closed: { fleet: 20, none: 4 } }
  assert.deepEqual(differences(compareCounts('fleet', traffic, metrics)), [])
  assert.deepEqual(
    differences(compareCounts('max-requests', traffic, metrics)).map(({ metrics }) => metrics),
    [0, 20, 0, 20],
  )
})
