interface Column<Item> {
  readonly title: string
  readonly read: (item: Item) => Child
  /** Numbers stand to the right. */
  readonly number?: boolean
}

/** A table whose first column names the row. */
function table<Item>(caption: Child, columns: readonly Column<Item>[], items: readonly Item[]): HTMLElement {
  const aligned = ({ number }: Column<Item>): Record<string, string> => (number ? { class: 'number' } : {})
  const heads = columns.map((column) => element('th', { scope: 'col', ...aligned(column) }, column.title))
  const rows = items.map((item) => {
    const [name, ...cells] = columns.map((column, i) =>
      i === 0
        ? element('th', { scope: 'row', ...aligned(column) }, column.read(item))
        : element('td', aligned(column), column.read(item)),
    )
    return element('tr', {}, name ?? '', ...cells)
  })
  return element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...rows),
  )
}

function totalsTable({ totals, limits }: Now): HTMLElement {
  const retired = Object.values(totals.retired).reduce((sum, count) => sum + count, 0)
  const rows: [string, number][] = [
    ['connections opened', totals.opened],
    ['connections closed', totals.closed],
    [limits.dryRun === true ? 'connections that would be retired' : 'connections retired', retired],
    ['requests', totals.requests],
    ['idle connections that the client ended first', totals.idleCloses.client],
    ['idle connections that the server ended first', totals.idleCloses.server],
    ['requests behind a last response (late)', totals.late],
    ['connections cut with work in flight (destroyed)', totals.destroyed],
    ['connections that found no room (refused)', totals.refused],
    ['drains', totals.drains],
  ]
  return table(
    'All that was counted in this process.',
    [
      { title: 'what', read: ([name]) => name },
      { title: 'count', read: ([, count]) => formatNumber(count), number: true },
    ],
    rows,
  )
}

/** Why connections closed, and who ended them first. */
function closesTable({ totals }: Now): HTMLElement {
  const reasons: Pick<Entry<Reason | 'none'>, 'key' | 'meaning'>[] = [
    ...reasonEntries,
    { key: 'none', meaning: 'not retired: its client ended it, or the program' },
  ]
  return table(
    'Closed connections by reason, and by who ended them first.',
    [
      {
        title: 'reason',
        read: ({ key, meaning }) => element('span', {}, key, element('small', {}, ` ${meaning}`)),
      },
      ...sideEntries.map(({ key: side, label }) => ({
        title: label,
        read: ({ key }: { key: Reason | 'none' }) => formatNumber(totals.closes[key]?.[side] ?? 0),
        number: true,
      })),
    ],
    reasons,
  )
}

function limitsTable({ limits }: Now): HTMLElement {
  return table(
    'What each connection has to keep to.',
    [
      {
        title: 'option',
        read: ([name]) => element('span', {}, name, element('small', {}, ` ${limitWords[name] ?? ''}`)),
      },
      { title: 'value', read: ([name, value]) => formatLimit(name, value), number: true },
    ],
    Object.entries(limits),
  )
}

function formatLimit(name: string, value: Limit | undefined): string {
  if (value === null || value === undefined) return 'no limit'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (durations.has(name)) return formatDuration(value)
  return name === 'jitter' ? `${formatNumber(value * 100)} %` : formatNumber(value)
}
