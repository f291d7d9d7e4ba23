import {
  type Connection,
  Member,
  type MemberOptions,
  parseMemberOptions,
  parseOptions,
  Tracker,
} from '@evenkeel/core'

const interval = 1_000

/** A member, and as much of its fleet as it hears of: the load and the weight of all others. Its clock is a number. */
export class OneOfMany {
  now = 0
  readonly tracker: Tracker<number>
  readonly member: Member<number>
  /** What the others report. */
  others: { load: number; weight: number; members: number } = { load: 1_000, weight: 1, members: 1 }
  utilization: number | undefined

  constructor(options: MemberOptions = {}) {
    const limits = parseOptions({}, { clock: { now: () => this.now }, random: () => 0 })
    this.tracker = new Tracker(limits, {
      report(error) {
        throw error
      },
    })
    this.member = new Member(parseMemberOptions(options), 0)
  }

  /** @param rate requests per second, all at the same distance. */
  open(rate: number, address = `10.0.0.${this.tracker.totals().opened}`): Connection<number> {
    const connection = this.tracker.open(address, undefined, rate, this.now)
    this.member.opened(connection, this.now)
    return connection
  }

  /** One interval. Returns what the member wants retired. */
  tick(): readonly Connection<number>[] {
    this.now += interval
    for (const connection of this.tracker) {
      if (connection.retired === undefined) connection.requests += connection.transport
    }
    const { load, weight } = this.member.measure(this.now, this.utilization)
    const { others } = this
    const totals = { load: load + others.load, weight: weight + others.weight, members: 1 + others.members }
    return this.member.decide(totals, this.now)
  }

  ticks(count: number): Connection<number>[] {
    return Array.from({ length: count }, () => this.tick()).flat()
  }

  /** Retires and closes them, as their last responses do. */
  end(connections: readonly Connection<number>[]): void {
    for (const connection of connections) {
      this.tracker.retire(connection, 'fleet', this.now)
      this.tracker.close(connection, 'server', this.now)
    }
  }
}
