import type { ConnectionInfo } from '@evenkeel/node'

/** What one peer address holds. */
export interface PeerRow {
  readonly address: string
  readonly connections: number
  readonly active: number
  readonly idle: number
  /** Served by the connections that it has open. */
  readonly requests: number
}

/** The busiest of all peers, and how many there are. */
export interface Peers {
  readonly count: number
  readonly busiest: readonly PeerRow[]
}

/** However many peers there are, so many are told of. */
const most = 20

/** Adds up what each peer has open. */
export class PeerCount {
  readonly #rows = new Map<string, { -readonly [Name in keyof PeerRow]: PeerRow[Name] }>()

  add({ address, state, requests }: ConnectionInfo): void {
    let row = this.#rows.get(address)
    if (row === undefined) {
      row = { address, connections: 0, active: 0, idle: 0, requests: 0 }
      this.#rows.set(address, row)
    }
    row.connections++
    row.requests += requests
    if (state === 'active' || state === 'idle') row[state]++
  }

  /** Those with the most connections first; of equals, those with the most requests. */
  busiest(): Peers {
    const rows = [...this.#rows.values()].sort(
      (a, b) => b.connections - a.connections || b.requests - a.requests,
    )
    return { count: rows.length, busiest: rows.slice(0, most) }
  }
}
