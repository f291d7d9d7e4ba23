import {
  type ConnectionInfo,
  type Event,
  type FleetMember,
  type FleetStatus,
  type Keel,
  reasons,
  type State,
  type Totals,
} from '@evenkeel/node'

const empty = { count: 0, sum: 0, min: 0, max: 0, mean: 0, p50: 0, p90: 0, p99: 0, buckets: [] }

/** A keel whose connections are made up, and which tells how often it was looked at. */
export class FakeKeel {
  readonly limits = { maxRequestsPerConnection: 1000, maxConnectionAge: 300_000, jitter: 0.2, dryRun: true }
  readonly ready = true
  /** How often all connections were gone through. */
  looks = 0
  requests = 0
  /** What stands in the totals instead of zero. */
  totals: Partial<Totals> = {}
  held: readonly ConnectionInfo[]
  /** What it makes of its fleet. Default: it has none. */
  fleet: FleetStatus | undefined
  /** What its store answers. */
  answer: () => Promise<readonly FleetMember[]> = async () => []
  /** How often the store was asked. */
  questions = 0
  readonly #listeners = new Map<string, Set<(event: Event) => void>>()

  constructor(held: readonly ConnectionInfo[] = []) {
    this.held = held
  }

  /** As the type that the handler takes. */
  get keel(): Keel {
    return this as unknown as Keel
  }

  get listeners(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0)
  }

  on(type: string, listener: (event: Event) => void): this {
    const present = this.#listeners.get(type) ?? new Set()
    this.#listeners.set(type, present.add(listener))
    return this
  }

  off(type: string, listener: (event: Event) => void): this {
    this.#listeners.get(type)?.delete(listener)
    return this
  }

  emit(type: Event['type'], more: Partial<Event> = {}): void {
    const event = { type, connection: connection(0), ...more } as Event
    for (const listener of this.#listeners.get(type) ?? []) listener(event)
  }

  connections(): readonly ConnectionInfo[] {
    this.looks++
    return this.held
  }

  members(): Promise<readonly FleetMember[]> {
    this.questions++
    return this.answer()
  }

  snapshot(): unknown {
    const connections = { new: 0, active: 0, idle: 0, upgraded: 0, closed: 0, total: this.held.length }
    for (const { state } of this.held) connections[state]++
    const sides = { client: 0, server: 0, unknown: 0 }
    const totals = {
      opened: this.held.length,
      closed: 0,
      requests: this.requests,
      retired: Object.fromEntries(reasons.map((reason) => [reason, 0])),
      closes: Object.fromEntries([...reasons, 'none'].map((reason) => [reason, sides])),
      idleCloses: { client: 0, server: 0 },
      destroyed: 0,
      late: 0,
      refused: 0,
      drains: 0,
      ...this.totals,
    }
    const distributions = { ageAtClose: empty, requestsPerConnection: empty, idleAtClose: empty }
    return { connections, totals, ...distributions, fleet: this.fleet }
  }
}

/** One of many connections: 200 addresses, two of three idle, up to five minutes old. */
export function connection(i: number, state: State = i % 3 === 0 ? 'active' : 'idle'): ConnectionInfo {
  const address = `192.0.2.${i % 200}`
  return {
    ...{
      key: `${address}:${10_000 + i}`,
      address,
      protocol: 'http/1',
      state,
      requests: i % 1000,
      inFlight: 0,
    },
    ...{ age: (i * 997) % 300_000, idle: 0, requestLimit: 1000, ageLimit: 300_000, retired: undefined },
  }
}

/** A server of a fleet in which 300 of 1,200 requests a second are its fair share. */
export function status(state: FleetStatus['state'], more: Partial<FleetStatus> = {}): FleetStatus {
  const loads = { load: 330, total: 1_200, fair: 300, surplus: 30, weight: 1 }
  return { state, members: 4, ...loads, shed: 12, returned: 0, ...more }
}

/** Members of a fleet by their loads, each with the weight 1; the first is the own one. */
export function members(loads: readonly number[]): FleetMember[] {
  return loads.map((load, i) => ({ id: `shop-${i}`, load, weight: 1, isOwn: i === 0 }))
}
