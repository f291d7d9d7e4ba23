import { Node, Yallist } from 'yallist'
import type { Connection } from './connection.js'
import { addressOf, Peer } from './peer.js'

/**
 * The peers, ranked by how many idle connections each holds. A step costs the same however many there are: a
 * peer rises at once and sinks only when it is looked at, so each of its falls was paid for by its rises.
 */
export class Peers<Transport> {
  readonly #peers = new Map<string, Peer<Connection<Transport>>>()
  /** By rank; within one, the peer that was used least recently comes first. */
  readonly #ranks = new Map<number, Yallist<Peer<Connection<Transport>>>>()
  /** No rank above this has a peer. */
  #top = 0

  join(connection: Connection<Transport>): void {
    const address = addressOf(connection.key)
    const peer = this.#peers.get(address) ?? new Peer(address)
    this.#peers.set(address, peer)
    peer.open++
    connection.peer = peer
    connection.peerPlace = new Node<Connection<Transport>>(connection)
  }

  leave(connection: Connection<Transport>): void {
    const { peer } = connection
    if (peer === undefined) return
    this.place(connection, false)
    peer.open--
    if (peer.open > 0) return
    this.#rank(peer, 0)
    this.#peers.delete(peer.address)
  }

  /** The connection has become idle, or is so no more. */
  place({ peer, peerPlace }: Connection<Transport>, idle: boolean): void {
    if (peer === undefined || peerPlace === undefined) return
    if (idle) {
      peer.idle.pushNode(peerPlace)
      this.#rank(peer, Math.max(peer.rank, peer.idle.length))
    } else {
      peerPlace.list?.removeNode(peerPlace)
    }
  }

  /** The peer that holds the most idle connections; of several, the one that was used least recently. */
  first(): Peer<Connection<Transport>> | undefined {
    while (this.#top > 0) {
      const peer = this.#ranks.get(this.#top)?.head?.value
      if (peer === undefined) this.#top--
      else if (peer.idle.length === peer.rank) return peer
      else this.#rank(peer, peer.idle.length)
    }
    return undefined
  }

  clear(): void {
    this.#peers.clear()
    this.#ranks.clear()
    this.#top = 0
  }

  /** Moves a peer to the end of a rank, or out of all. */
  #rank(peer: Peer<Connection<Transport>>, rank: number): void {
    const former = peer.rank
    peer.rank = rank
    if (rank > 0) this.#ranked(rank).pushNode(peer.place)
    else peer.place.list?.removeNode(peer.place)
    this.#top = Math.max(this.#top, rank)
    if (this.#ranks.get(former)?.length === 0) this.#ranks.delete(former)
  }

  #ranked(rank: number): Yallist<Peer<Connection<Transport>>> {
    const present = this.#ranks.get(rank)
    if (present !== undefined) return present
    const empty = new Yallist<Peer<Connection<Transport>>>()
    this.#ranks.set(rank, empty)
    return empty
  }
}
