import type { Connection } from './connection.js'
import { Peer, Seat } from './peer.js'
import { Queue } from './queue.js'

/**
 * The peers, ranked by their number of idle connections. The cost of a step does not depend on the number of peers. A
 * peer rises at once, and sinks only when somebody looks at it: its rises have paid for its falls.
 */
export class Peers<Transport> {
  readonly #peers = new Map<string, Peer<Connection<Transport>>>()
  /** By rank. Within a rank: in the order in which the peers reached it, or last became idle in it. */
  readonly #ranks = new Map<number, Queue<Peer<Connection<Transport>>>>()
  /** No peer ranks higher. */
  #top = 0

  join(connection: Connection<Transport>): void {
    const { address } = connection
    const peer = this.#peers.get(address) ?? new Peer(address)
    this.#peers.set(address, peer)
    peer.open++
    connection.seat = new Seat(connection, peer)
  }

  leave(connection: Connection<Transport>): void {
    const peer = connection.seat?.peer
    if (peer === undefined) return
    this.place(connection, false)
    peer.open--
    if (peer.open > 0) return
    this.#rank(peer, 0)
    this.#peers.delete(peer.address)
  }

  /** The connection has become idle, or has stopped being idle. */
  place({ seat }: Connection<Transport>, idle: boolean): void {
    if (seat === undefined) return
    const { peer } = seat
    if (idle) {
      peer.idle.push(seat)
      this.#rank(peer, Math.max(peer.rank, peer.idle.length))
    } else {
      seat.queue?.remove(seat)
    }
  }

  /** How many connections a peer has open, in any state. */
  openBy(address: string): number {
    return this.#peers.get(address)?.open ?? 0
  }

  /**
   * The peer that holds the most idle connections. If several do: the one that has held them for the longest time.
   */
  first(): Peer<Connection<Transport>> | undefined {
    while (this.#top > 0) {
      const peer = this.#ranks.get(this.#top)?.first
      if (peer === undefined) this.#top--
      else if (peer.idle.length === peer.rank) return peer
      else this.#rank(peer, peer.idle.length)
    }
    return undefined
  }

  /** Moves a peer to the end of a rank, or for rank 0 out of the ranking. */
  #rank(peer: Peer<Connection<Transport>>, rank: number): void {
    const former = peer.rank
    peer.rank = rank
    if (rank > 0) this.#ranked(rank).push(peer)
    else peer.queue?.remove(peer)
    this.#top = Math.max(this.#top, rank)
    if (this.#ranks.get(former)?.length === 0) this.#ranks.delete(former)
  }

  #ranked(rank: number): Queue<Peer<Connection<Transport>>> {
    const present = this.#ranks.get(rank)
    if (present !== undefined) return present
    const empty = new Queue<Peer<Connection<Transport>>>()
    this.#ranks.set(rank, empty)
    return empty
  }
}
