type PeerRow = Now['peers']['busiest'][number]

function peersTable({ peers }: Now): HTMLElement {
  const most = peers.busiest[0]?.connections ?? 1
  const held = ({ connections }: PeerRow): HTMLElement => {
    const share = element('span', { class: 'share', 'aria-hidden': 'true' })
    share.style.setProperty('--share', `${(connections / most) * 100}%`)
    return element('span', { class: 'held' }, share, formatNumber(connections))
  }
  const shown = peers.busiest.length
  const caption =
    peers.count > shown
      ? `The first ${shown} of ${formatNumber(peers.count)} addresses, by the connections that they have open.`
      : 'By the connections that they have open. Requests are those of open connections.'
  const columns: Column<PeerRow>[] = [
    { title: 'address', read: ({ address }) => address },
    { title: 'connections', read: held, number: true },
    { title: 'active', read: ({ active }) => formatNumber(active), number: true },
    { title: 'idle', read: ({ idle }) => formatNumber(idle), number: true },
    { title: 'requests', read: ({ requests }) => formatNumber(requests), number: true },
  ]
  return table(caption, columns, peers.busiest)
}
