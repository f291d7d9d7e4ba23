const seconds = new Seconds()
const notices = new Notices(byId('notices'))
const tiles = new Tiles(byId('tiles'))
const fleet = new FleetView(byId('fleet'))

const unsampled: Entry & { read: (row: Row) => number | null } = {
  key: 'unsampled',
  label: 'open',
  meaning: 'while nobody looked',
  colour: '--grey',
  pattern: 'pale',
  read: ({ states, open }) => (states.idle === null ? open : null),
}

const plain = { meaning: '', pattern: 'solid' } as const

const timeCharts = [
  new TimeChart({
    title: 'Connections by state',
    unit: 'connections',
    hint: 'How many were open at the end of each second.',
    kind: 'stacked',
    entries: [
      ...stateEntries.map((entry) => ({ ...entry, read: (row: Row) => row.states[entry.key] })),
      unsampled,
    ],
  }),
  new TimeChart({
    title: 'Opened and closed',
    unit: 'connections per second',
    hint: 'Recycling shows as both at the same height.',
    kind: 'lines',
    entries: [
      { ...plain, key: 'opened', label: 'opened', colour: '--blue', read: (row) => row.opened },
      { ...plain, key: 'closed', label: 'closed', colour: '--orange', read: (row) => row.closed },
    ],
  }),
  new TimeChart({
    title: 'Retired, by reason',
    unit: 'connections per second',
    hint: 'Why connections were told that no more requests are taken.',
    kind: 'stacked',
    entries: reasonEntries.map((entry) => ({ ...entry, read: (row) => row.retired[entry.key] })),
  }),
  new TimeChart({
    title: 'Closed, by who ended first',
    unit: 'connections per second',
    hint: 'Behind a last response it is the server.',
    kind: 'stacked',
    entries: sideEntries.map((entry) => ({ ...entry, read: (row) => row.closes[entry.key] })),
  }),
  new TimeChart({
    title: 'Requests',
    unit: 'requests per second',
    hint: 'Known for the time in which somebody looked.',
    kind: 'lines',
    entries: [
      { ...plain, key: 'requests', label: 'requests', colour: '--blue', read: (row) => row.requests },
    ],
  }),
]

const openAges = new Histogram({
  title: 'Age',
  hint: 'How long the open connections have been open. Spread out is good: they will not leave together.',
  unit: 'age',
  measure: time,
})
const openRequests = new Histogram({
  title: 'Requests so far',
  hint: 'How many requests the open connections have served.',
  unit: 'requests',
  measure: number,
})
const closedAges = new Histogram({
  title: 'Age at close',
  hint: 'How long the closed connections had been open. Bars grow wider in time to the right.',
  unit: 'age',
  measure: time,
})
const closedRequests = new Histogram({
  title: 'Requests in all',
  hint: 'How many requests the closed connections had served. Bars grow wider in number to the right.',
  unit: 'requests',
  measure: number,
})
const closedIdle = new Histogram({
  title: 'Idle time at close',
  hint: 'How long those that closed while idle had been without a request.',
  unit: 'idle time',
  measure: time,
})

byId('time-charts').append(...timeCharts.map(({ root }) => root))
byId('open-histograms').append(openAges.root, openRequests.root)
byId('closed-histograms').append(closedAges.root, closedRequests.root, closedIdle.root)

let shownId = ''

function showFrame({ id, name, now, rows, complete }: Frame): void {
  if (id !== shownId) seconds.clear()
  shownId = id
  document.title = `${name} – Even Keel`
  setText(byId('server'), name)
  notices.show(noticesFor(now))
  byId('content').hidden = now === undefined
  if (now === undefined || rows === undefined) return
  seconds.add(rows, complete)
  const { limits, open, closed } = now
  const requestZone = zoneOf(limits.maxRequestsPerConnection, limits.jitter)
  const ageZone = zoneOf(limits.maxConnectionAge, limits.jitter)
  showNow(tiles, now, seconds)
  fleet.show(now.fleet)
  for (const chart of timeCharts) chart.show(seconds)
  openAges.show(linearBars(open.ages, ageZone, time))
  openRequests.show(linearBars(open.requests, requestZone, number))
  closedAges.show(growingBars(closed.ages, ageZone, time))
  closedRequests.show(growingBars(closed.requests, requestZone, number))
  closedIdle.show(growingBars(closed.idle, undefined, time))
  byId('peers').replaceChildren(peersTable(now))
  byId('totals').replaceChildren(totalsTable(now))
  byId('closes').replaceChildren(closesTable(now))
  byId('limits').replaceChildren(limitsTable(now))
}

function showStatus(status: Status): void {
  const target = byId('status')
  target.setAttribute('data-state', status)
  setText(target, statusWords[status])
}

new Stream(showFrame, showStatus).open()
