import type { Connection } from './connection.js'
import { Peers } from './peers.js'
import { Queue } from './queue.js'

/**
 * The open connections, each in one of three queues by what it is doing. A change of state is a change of queue,
 * and costs the same however many connections there are.
 */
export class ConnectionTable<Transport = unknown> implements Iterable<Connection<Transport>> {
  /** Nothing in flight: the longest unused first. */
  readonly #idle = new Queue<Connection<Transport>>()
  /** Something in flight, or upgraded. */
  readonly #busy = new Queue<Connection<Transport>>()
  /** Marked, and waiting for their clients to close: the longest first. */
  readonly #ending = new Queue<Connection<Transport>>()
  /** Retired in a dry run, and idle: without the dry run they would be gone. */
  readonly #absent = new Queue<Connection<Transport>>()
  #peers: Peers<Transport> | undefined
  #dryRun = false
  #ordered = true

  get size(): number {
    return this.present + this.#absent.length
  }

  /** How many there are, without those that only a dry run keeps open. */
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
   * Whether connections are kept in the order of their use, which each use of one costs two changes of queue. Default
   * true. Without it nobody can be asked to make room.
   */
  set ordered(ordered: boolean) {
    if (ordered && !this.#ordered) this.#placeAll()
    this.#ordered = ordered
  }

  /** Whether the peers are told apart when room has to be made. */
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

  /** Puts the connection where its state belongs, behind all others there. */
  place(connection: Connection<Transport>): void {
    if (connection.stage === 'closed') return
    const queue = this.#queueOf(connection)
    queue.push(connection)
    this.#peers?.place(connection, queue === this.#idle)
  }

  /** The connection has become busy, or idle. */
  used(connection: Connection<Transport>): void {
    if (this.#ordered) this.place(connection)
  }

  /** Connections with nothing in flight since `deadline`; the longest first, and no others looked at, if ordered. */
  *unusedSince(deadline: number): Generator<Connection<Transport>> {
    for (const connection of this.#ordered ? this.#idle : this) {
      if (connection.lastUsedAt <= deadline && this.#queueOf(connection) === this.#idle) yield connection
      else if (this.#ordered) break
    }
  }

  /**
   * The connection that makes room next, if there is one unused since `deadline`: one that waits for its client to
   * close, or else the longest idle of the peer that holds the most idle ones. Where that peer has used all of its own
   * later, it is the longest idle of all: for a newcomer of another peer under the same condition, otherwise only if
   * unused since `stale`, so that no peer pushes out others by being busy. Nor does it push out, in less than that
   * time, those of peers that have fewer connections open than it has itself.
   *
   * @param newcomer the address for whose connection room is made, if it is made for one in particular.
   * @param ahead whether that connection is only expected.
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

  /** About one connection of so many, in turn, so that as many calls have passed all of them. */
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

  /** In the order in which they were used. */
  #placeAll(): void {
    for (const connection of [...this].sort((a, b) => a.lastUsedAt - b.lastUsedAt)) this.place(connection)
  }
}

function unused<T>(connection: Connection<T> | undefined, since: number): Connection<T> | undefined {
  return connection !== undefined && connection.lastUsedAt <= since ? connection : undefined
}
