import { type Member, Queue } from './queue.js'

/** One peer address, and what it holds. */
export class Peer<T> implements Member<Peer<T>> {
  readonly address: string
  /** How many connections it has open, in any state. */
  open = 0
  /** Those that are idle, the longest first. */
  readonly idle: Queue<Seat<T>> = new Queue<Seat<T>>()
  /**
   * The number of idle connections that it is ranked by. It may hold fewer by now, never more. 0: it is not ranked.
   */
  rank = 0
  queue: Queue<Peer<T>> | undefined = undefined
  previous: Peer<T> | undefined = undefined
  next: Peer<T> | undefined = undefined

  constructor(address: string) {
    this.address = address
  }
}

/** The place of a connection in the queue of its peer's idle ones. */
export class Seat<T> implements Member<Seat<T>> {
  readonly connection: T
  readonly peer: Peer<T>
  queue: Queue<Seat<T>> | undefined = undefined
  previous: Seat<T> | undefined = undefined
  next: Seat<T> | undefined = undefined

  constructor(connection: T, peer: Peer<T>) {
    this.connection = connection
    this.peer = peer
  }
}
