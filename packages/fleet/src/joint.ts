import type { Clock, Connection, Fleet, FleetHost, FleetStatus, Membership, Random } from '@evenkeel/core'

type Listener = (connection: Connection) => void

/**
 * Lets the servers of a process be one member. A server for metrics or health beside the application has next to no
 * load: as a member of its own it would lower the fair share of all.
 */
export function jointly(fleet: Fleet): Fleet {
  let joint: Joint | undefined
  return {
    join(host) {
      joint ??= new Joint(fleet, host)
      return joint.add(host)
    },
  }
}

/** Which part of the connections has to be left for the other servers to go on as the member. */
const enough = 0.1

/** Several servers as one. */
class Joint implements FleetHost {
  readonly clock: Clock
  readonly random: Random
  readonly since: number
  readonly #fleet: Fleet
  /** With what ends to listen to each. */
  readonly #hosts = new Map<FleetHost, () => void>()
  readonly #hostOf = new WeakMap<Connection, FleetHost>()
  #listener: Listener | undefined
  #membership: Membership | undefined
  #isResting = false
  /** With how many connections the servers that are left are a member again. */
  #needed = 0

  constructor(fleet: Fleet, { clock, random, since }: FleetHost) {
    this.#fleet = fleet
    this.since = since
    this.clock = clock
    this.random = random
  }

  add(host: FleetHost): Membership | undefined {
    const stopListening = host.onOpen((connection) => {
      this.#hostOf.set(connection, host)
      if (this.#membership === undefined && this.#size >= this.#needed) this.#join()
      else this.#listener?.(connection)
    })
    this.#hosts.set(host, stopListening)
    const membership = this.#membership ?? this.#join()
    if (membership === undefined) return undefined
    if (this.#isResting) host.rest(true)
    const current = (): Membership => this.#membership ?? membership
    return {
      get status() {
        return current().status
      },
      members: () => current().members(),
      leave: () => this.#remove(host),
    }
  }

  #join(): Membership | undefined {
    this.#membership = this.#fleet.join(this)
    return this.#membership
  }

  get #size(): number {
    return [...this.connections()].length
  }

  /**
   * A server has closed, or drains. The others go on as the member, unless next to nothing is left: most often the process
   * is about to end then, and only a server for metrics is still there.
   */
  async #remove(host: FleetHost): Promise<void> {
    const before = this.#size
    this.#hosts.get(host)?.()
    this.#hosts.delete(host)
    if (this.#hosts.size > 0 && this.#size >= before * enough) return
    const membership = this.#membership
    this.#membership = undefined
    this.#listener = undefined
    this.#needed = before * enough
    this.rest(false)
    await membership?.leave()
  }

  *connections(): Generator<Connection> {
    for (const host of this.#hosts.keys()) {
      for (const connection of host.connections()) {
        this.#hostOf.set(connection, host)
        yield connection
      }
    }
  }

  get isRehearsal(): boolean {
    return [...this.#hosts.keys()].every((host) => host.isRehearsal)
  }

  onOpen(listener: Listener): () => void {
    this.#listener = listener
    return () => {
      if (this.#listener === listener) this.#listener = undefined
    }
  }

  shed(connection: Connection): void {
    const host = this.#hostOf.get(connection)
    if (host !== undefined && this.#hosts.has(host)) host.shed(connection)
  }

  rest(isResting: boolean): void {
    this.#isResting = isResting
    for (const host of this.#hosts.keys()) host.rest(isResting)
  }

  tell(status: FleetStatus, before: FleetStatus, detail: string | undefined): void {
    for (const host of this.#hosts.keys()) host.tell(status, before, detail)
  }
}
