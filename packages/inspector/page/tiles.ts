interface Tile {
  readonly value: HTMLElement
  readonly detail: HTMLElement
}

/** Numbers to see first. */
class Tiles {
  readonly #tiles = new Map<string, Tile>()
  readonly #root: HTMLElement

  constructor(root: HTMLElement) {
    this.#root = root
  }

  /** A tile comes with the first number of that name. */
  set(name: string, value: string, detail: string): void {
    const tile = this.#tiles.get(name) ?? this.#add(name)
    setText(tile.value, value)
    setText(tile.detail, detail)
  }

  #add(name: string): Tile {
    const tile = { value: element('dd', { class: 'figure' }), detail: element('dd', { class: 'detail' }) }
    this.#tiles.set(name, tile)
    this.#root.append(element('div', { class: 'card' }, element('dt', {}, name), tile.value, tile.detail))
    return tile
  }
}

/** The few numbers of the server's connections to see first. */
function showNow(tiles: Tiles, { connections, peers, viewers, limits }: Now, seconds: Seconds): void {
  const states = stateEntries.map(({ key, label }) => `${formatNumber(connections[key])} ${label}`)
  const own =
    viewers === 0 ? '' : `; ${formatNumber(viewers)} of them ${viewers === 1 ? 'carries' : 'carry'} this page`
  tiles.set('open connections', formatNumber(connections.total), states.join(', ') + own)
  tiles.set('requests per second', rate(seconds.last?.requests), 'in the last second')
  const opened = seconds.sum(60, (row) => row.opened)
  const closed = seconds.sum(60, (row) => row.closed)
  tiles.set('opened', formatNumber(opened), 'connections, in the last minute')
  tiles.set('closed', formatNumber(closed), 'connections, in the last minute')
  const retired = (row: Row): number => Object.values(row.retired).reduce((sum, count) => sum + count, 0)
  const word = limits.dryRun === true ? 'would be retired' : 'retired'
  tiles.set(word, formatNumber(seconds.sum(60, retired)), 'connections, in the last minute')
  tiles.set(
    'peers',
    formatNumber(peers.count),
    peers.count === 1 ? 'address that is connected' : 'addresses that are connected',
  )
}

function rate(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : formatNumber(value)
}
