/** The server among the others of its fleet; nothing where it is in none. */
class FleetView {
  readonly #root: HTMLElement
  readonly #tiles = new Tiles(byId('fleet-tiles'))

  constructor(root: HTMLElement) {
    this.#root = root
  }

  show(fleet: FleetNow | undefined): void {
    this.#root.hidden = fleet === undefined
    if (fleet === undefined) return
    const { status, members } = fleet
    setText(byId('fleet-state'), `${sentence(status.state)}: ${fleetWords[status.state]}`)
    this.#showTiles(status)
    const known =
      members === undefined || members.count === 0 ? notKnown(status.state) : membersTable(members)
    byId('members').replaceChildren(known)
  }

  #showTiles({ members, load, total, fair, surplus, weight, shed, returned }: FleetNow['status']): void {
    const tiles = this.#tiles
    tiles.set('members', formatNumber(members), 'this server among them')
    tiles.set('load', formatLoad(load), `of ${formatLoad(total)} in all`)
    tiles.set('fair share', formatLoad(fair), `by its weight, ${formatLoad(weight)}`)
    tiles.set('surplus', formatLoad(surplus), surplus > 0 ? 'above its fair share' : 'it has room for more')
    tiles.set('shed', formatNumber(shed), 'connections, since it joined')
    tiles.set('returned', formatNumber(returned), 'of those that it shed lately')
  }
}

function notKnown(state: FleetState): HTMLElement {
  const text =
    state === 'unreachable'
      ? 'The members are not known: the store does not answer.'
      : 'Asking for the members…'
  return element('p', {}, text)
}
