import { LRUCache } from 'lru-cache'
import type { Connection } from './connection.js'

/** What a table is bounded by. */
export interface TableBounds<Transport> {
  /** The most connections it holds; `Infinity` for no bound. */
  readonly capacity: number
  /** Told of each connection that had to make room, the least recently used first. */
  readonly evicted?: (connection: Connection<Transport>) => void
}

/** The open connections by key, in the order of their last use. */
export class ConnectionTable<Transport = unknown> {
  readonly #connections: LRUCache<string, Connection<Transport>>

  constructor({ capacity, evicted }: TableBounds<Transport>) {
    this.#connections = new LRUCache({
      // A size of one each instead of `max`, which would allocate room for all of them at once.
      maxSize: capacity === Infinity ? Number.MAX_SAFE_INTEGER : capacity,
      sizeCalculation: () => 1,
      ...(evicted && {
        // Behind the insertion: a removal in the middle of an eviction would make the cache evict another.
        disposeAfter: (connection, _key, reason) => {
          if (reason === 'evict') evicted(connection)
        },
      }),
    })
  }

  get size(): number {
    return this.#connections.size
  }

  /** The connection with this key, without counting that as a use. */
  peek(key: string): Connection<Transport> | undefined {
    return this.#connections.peek(key)
  }

  add(connection: Connection<Transport>): void {
    this.#connections.set(connection.key, connection)
  }

  /** Makes the connection the most recently used. */
  touch(connection: Connection<Transport>): void {
    this.#connections.get(connection.key)
  }

  remove(connection: Connection<Transport>): void {
    this.#connections.delete(connection.key)
  }

  /** The longest unused first; a copy, so that connections may come and go meanwhile. */
  [Symbol.iterator](): Iterator<Connection<Transport>> {
    return [...this.#connections.rvalues()].filter((connection) => connection !== undefined).values()
  }

  clear(): void {
    this.#connections.clear()
  }

  /** Connections without a use since `deadline`, the longest unused first; looks at no others. */
  unusedSince(deadline: number): readonly Connection<Transport>[] {
    const unused: Connection<Transport>[] = []
    for (const connection of this.#connections.rvalues()) {
      if (connection === undefined || connection.lastUsedAt > deadline) break
      unused.push(connection)
    }
    return unused
  }
}
