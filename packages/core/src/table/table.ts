import type { Connection } from './connection.js'
import { Peers } from './peers.js'
import { Queue } from './queue.js'

/**
 * The open connections, each in one queue by what it is doing. A change of state is a change of queue. Its cost does
 * not depend on the number of connections.
 */
export class ConnectionTable<Transport = unknown> implements Iterable<Connection<Transport>> {
  /** Nothing in flight: the longest unused first. */
  readonly #idle = new Queue<Connection<Transport>>()
  /** Something in flight, or upgraded. */
  readonly #busy = new Queue<Connection<Transport>>()
  /** Marked, and waiting for their clients to close: the longest waiting first. */
  readonly #ending = new Queue<Connection<Transport>>()
  /** Retired in a dry run, and idle. Without the dry run they would be gone. */
  readonly #absent = new Queue<Connection<Transport>>()
  #peers: Peers<Transport> | undefined
  #dryRun = false
  #ordered = true

  get size(): number {
    return this.present + this.#absent.length
  }

  /** The number of connections without those that only a dry run keeps open. */
  get present(): number {
    return this.#idle.length + this.#busy.length + this.#ending.length
  }

  get dryRun(): boolean {
    return this.#dryRun
  }

  /** Whether a retired connection with nothing in flight counts as gone. */
  set dryRun(dryRun: boolean) {
    this.#dryRun = dryRun
    this.#placeAll()
  }

  /**
   * Whether the queues are in the order of last use. This costs two changes of queue for each use. Default true.
   * Without it `next` cannot tell who makes room.
   */
  set ordered(ordered: boolean) {
    if (ordered && !this.#ordered) this.#placeAll()
    this.#ordered = ordered
  }

  /** Whether `next` tells the peers apart. */
  set fair(fair: boolean) {
    if (fair === (this.#peers !== undefined)) return
    this.#peers = fair ? new Peers() : undefined
    for (const connection of this) {
      if (fair) this.#peers?.join(connection)
      else connection.seat = undefined
    }
    this.#placeAll()
  }

  add(connection: Connection<Transport>): void {
    this.#peers?.join(connection)
    this.place(connection)
  }

  remove(connection: Connection<Transport>): void {
    connection.queue?.remove(connection)
    this.#peers?.leave(connection)
  }

  /** Moves the connection to the end of the queue of its state. */
  place(connection: Connection<Transport>): void {
    if (connection.stage === 'closed') return
    const queue = this.#queueOf(connection)
    queue.push(connection)
    this.#peers?.place(connection, queue === this.#idle)
  }

  /** The connection is in another stage. It keeps its place among those that it still belongs to. */
  moved(connection: Connection<Transport>): void {
    if (connection.queue !== this.#queueOf(connection)) this.place(connection)
  }

  /** The connection has become busy, or idle. */
  used(connection: Connection<Transport>): void {
    if (this.#ordered) this.place(connection)
  }

  /**
   * Connections with nothing in flight since `deadline`. With ordered queues the longest unused come first, and the
   * loop looks at no others.
   */
  *unusedSince(deadline: number): Generator<Connection<Transport>> {
    for (const connection of this.#ordered ? this.#idle : this) {
      if (connection.lastUsedAt <= deadline && this.#queueOf(connection) === this.#idle) yield connection
      else if (this.#ordered) break
    }
  }

  /**
   * The connection that makes room next, if there is one. It must be unused since `deadline`. First comes a
   * connection that waits for its client to close. Then comes the longest idle one of the crowd, which is the peer
   * with the most idle connections. If the crowd has used all of its own since, the longest idle of all comes: at
   * once for a newcomer of another peer, otherwise only if it is unused since `stale`, so that a busy peer does not
   * push out others. A newcomer whose peer has more connections open than the crowd gets only the longest idle of
   * all, and only if it is unused since `stale`.
   *
   * @param newcomer the address for whose connection room is made, if it is made for one in particular.
   * @param ahead whether the newcomer is only expected.
   */
  next(deadline: number, stale: number, newcomer?: string, ahead = false): Connection<Transport> | undefined {
    const ending = unused(this.#ending.first, deadline)
    if (ending !== undefined) return ending
    const crowd = this.#peers?.first()
    if (crowd === undefined) return unused(this.#idle.first, deadline)
    const isOther = newcomer !== undefined && newcomer !== crowd.address
    if (isOther && (this.#peers?.openBy(newcomer) ?? 0) > crowd.open) return unused(this.#idle.first, stale)
    return (
      unused(crowd.idle.first?.connection, deadline) ??
      unused(this.#idle.first, isOther && !ahead ? deadline : stale)
    )
  }

  /** The next share of all connections. After `calls` calls every connection was passed. */
  patrol(calls: number): readonly Connection<Transport>[] {
    return [this.#idle, this.#busy, this.#ending, this.#absent].flatMap((queue) =>
      queue.patrol(Math.ceil(queue.length / calls)),
    )
  }

  *[Symbol.iterator](): Generator<Connection<Transport>> {
    yield* this.#idle
    yield* this.#busy
    yield* this.#ending
    yield* this.#absent
  }

  #queueOf(connection: Connection<Transport>): Queue<Connection<Transport>> {
    switch (connection.stage) {
      case 'upgraded':
      case 'reading':
        return this.#busy
      case 'waiting':
        return this.#ending
      default:
        if (connection.inFlight > 0) return this.#busy
        if (connection.stage === 'marked') return this.#ending
        return this.#dryRun && connection.retired !== undefined ? this.#absent : this.#idle
    }
  }

  /** In the order of their last use. */
  #placeAll(): void {
    for (const connection of [...this].sort((a, b) => a.lastUsedAt - b.lastUsedAt)) this.place(connection)
  }
}

function unused<T>(connection: Connection<T> | undefined, since: number): Connection<T> | undefined {
  return connection !== undefined && connection.lastUsedAt <= since ? connection : undefined
}
