import { type Node, Yallist } from 'yallist'
import type { Connection } from './connection.js'
import { Peers } from './peers.js'

/**
 * The open connections: by key, and each in one of three queues by what it is doing. A change of state is a
 * change of queue, and costs the same however many connections there are.
 */
export class ConnectionTable<Transport = unknown> {
  readonly #byKey = new Map<string, Connection<Transport>>()
  /** Nothing in flight: the longest unused first. */
  readonly #idle = new Yallist<Connection<Transport>>()
  /** Something in flight, or upgraded. */
  readonly #busy = new Yallist<Connection<Transport>>()
  /** Marked, and waiting for their clients to close: the longest first. */
  readonly #ending = new Yallist<Connection<Transport>>()
  readonly #peers: Peers<Transport> | undefined
  #patrol: Iterator<Connection<Transport>> = this.#byKey.values()

  /** @param fair whether the peers are told apart when room has to be made. */
  constructor(fair: boolean) {
    this.#peers = fair ? new Peers() : undefined
  }

  get size(): number {
    return this.#byKey.size
  }

  get(key: string): Connection<Transport> | undefined {
    return this.#byKey.get(key)
  }

  add(connection: Connection<Transport>): void {
    this.#byKey.set(connection.key, connection)
    this.#peers?.join(connection)
    this.place(connection)
  }

  remove(connection: Connection<Transport>): void {
    this.#byKey.delete(connection.key)
    connection.place.list?.removeNode(connection.place)
    this.#peers?.leave(connection)
  }

  /** Puts the connection where its state belongs, behind all others there. */
  place(connection: Connection<Transport>): void {
    if (connection.closed) return
    const queue = this.#queueOf(connection)
    queue.pushNode(connection.place)
    this.#peers?.place(connection, queue === this.#idle)
  }

  /** Connections with nothing in flight since `deadline`, the longest first; looks at no others. */
  unusedSince(deadline: number): readonly Connection<Transport>[] {
    const unused: Connection<Transport>[] = []
    for (let node = this.#idle.head; isUnused(node, deadline); node = node.next) unused.push(node.value)
    return unused
  }

  /**
   * The connection that makes room next, if there is one unused since `deadline`: one that waits for its client to
   * close, or else the longest idle of the peer that holds the most. Where that peer has used all of its own later,
   * it is the longest idle of all: for a newcomer of another peer under the same condition, otherwise only if
   * unused since `stale`, so that no peer pushes out others by being busy.
   *
   * @param newcomer the address for whose connection room is made, if it is made for one in particular.
   */
  next(deadline: number, stale: number, newcomer?: string): Connection<Transport> | undefined {
    const ending = first(this.#ending, deadline)
    if (ending !== undefined) return ending
    const crowd = this.#peers?.first()
    if (crowd === undefined) return first(this.#idle, deadline)
    const isOther = newcomer !== undefined && newcomer !== crowd.address
    return first(crowd.idle, deadline) ?? first(this.#idle, isOther ? deadline : stale)
  }

  /** Up to so many connections, in turn: each call goes on where the last one ended. */
  patrol(count: number): readonly Connection<Transport>[] {
    const passed: Connection<Transport>[] = []
    while (passed.length < Math.min(count, this.size)) {
      const { value, done } = this.#patrol.next()
      if (done) this.#patrol = this.#byKey.values()
      else passed.push(value)
    }
    return passed
  }

  [Symbol.iterator](): Iterator<Connection<Transport>> {
    return this.#byKey.values()
  }

  clear(): void {
    for (const connection of this.#byKey.values()) connection.place.list?.removeNode(connection.place)
    this.#byKey.clear()
    this.#peers?.clear()
  }

  #queueOf({ inFlight, upgraded, ending }: Connection<Transport>): Yallist<Connection<Transport>> {
    if (inFlight > 0 || upgraded || ending === 'reading') return this.#busy
    return ending === 'waiting' ? this.#ending : this.#idle
  }
}

function first<T>(queue: Yallist<Connection<T>>, deadline: number): Connection<T> | undefined {
  return isUnused(queue.head, deadline) ? queue.head.value : undefined
}

function isUnused<T>(node: Node<Connection<T>> | undefined, deadline: number): node is Node<Connection<T>> {
  return node !== undefined && node.value.lastUsedAt <= deadline
}
