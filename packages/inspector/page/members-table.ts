/** A member, or how many are left out between two of them. */
type MemberLine = MemberRow | { readonly between: number }

/** Each member's load against its fair share; the fair shares of all are one line. */
function membersTable({ count, median, rows }: Members): HTMLElement {
  const highest = Math.max(...rows.map(ratioOf))
  const end = ends.find((each) => each >= highest) ?? highest
  const words =
    rows.length < count
      ? `${rows.length} of ${formatNumber(count)} members: those with the most and the least for their weights. The one in the middle has ${formatRatio(median)} times its fair share.`
      : 'By load over fair share, which goes by weight.'
  const caption = element('span', {}, words, element('small', {}, ' The line is the fair share.'))
  const columns: Column<MemberLine>[] = [
    { title: 'member', read: nameOf },
    { title: 'load over fair share', read: only((row) => burden(row, end)), number: true },
    { title: 'load', read: only(({ load }) => formatLoad(load)), number: true },
    { title: 'fair share', read: only(({ fair }) => formatLoad(fair)), number: true },
    { title: 'weight', read: only(({ weight }) => formatLoad(weight)), number: true },
  ]
  return table(caption, columns, withGaps(rows, count))
}

/** Where the scale may end, in fair shares: it should not change with each second. */
const ends: readonly number[] = [1.5, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000]

function ratioOf({ load, fair }: MemberRow): number {
  return fair > 0 ? load / fair : 0
}

function formatRatio(ratio: number): string {
  return ratio.toFixed(2)
}

function nameOf(line: MemberLine): Child {
  if ('between' in line) return `… ${formatCount(line.between, 'other')}`
  return line.isOwn ? element('span', {}, element('strong', {}, line.id), ' (this server)') : line.id
}

function only(read: (row: MemberRow) => Child): (line: MemberLine) => Child {
  return (line) => ('between' in line ? '' : read(line))
}

function burden(row: MemberRow, end: number): HTMLElement {
  const bar = element('span', { class: 'burden', 'aria-hidden': 'true' })
  bar.style.setProperty('--load', `${(ratioOf(row) / end) * 100}%`)
  bar.style.setProperty('--fair', `${100 / end}%`)
  const ratio = element('span', { class: 'ratio' }, row.fair > 0 ? formatRatio(ratioOf(row)) : '–')
  return element('span', { class: 'held' }, bar, ratio)
}

function withGaps(rows: readonly MemberRow[], count: number): MemberLine[] {
  const lines: MemberLine[] = []
  let rank = 0
  for (const row of rows) {
    if (row.rank > rank + 1) lines.push({ between: row.rank - rank - 1 })
    lines.push(row)
    rank = row.rank
  }
  if (rank < count) lines.push({ between: count - rank })
  return lines
}
