import type { Connection } from '../table/connection.js'
import { Allowance } from './allowance.js'
import { Average } from './average.js'
import { choose } from './choose.js'
import { Doubt } from './doubt.js'
import { Guard } from './guard.js'
import { Meter } from './meter.js'
import type { MemberLimits } from './options.js'
import { type Report, type Share, shareOf, type Totals, weightAt } from './share.js'
import type { FleetState, FleetStatus } from './status.js'
import { Steady } from './steady.js'

/** How long a member is alone before it says so, in milliseconds. */
const alonePatience = 120_000

/** For how many intervals every connection must be too heavy before a member says so. */
const elephantPatience = 5

/**
 * A server of a fleet. In each interval it measures its load, tells it, and hears the sums over all members. While its
 * load is significantly above its fair share, it says which connections should leave. It has no clock, no timer and no
 * store: who carries it brings the time and the sums, and retires what is chosen.
 */
export class Member<Transport = unknown> {
  readonly #limits: MemberLimits
  readonly #time: Steady
  readonly #meter: Meter<Transport>
  readonly #utilization: Average
  readonly #allowance = new Allowance()
  readonly #guard = new Guard()
  readonly #doubt = new Doubt()
  readonly #joinedAt: number
  readonly #since: number
  #measuredAt: number
  /** When it was last seen that there are others. */
  #companyAt: number
  /** How much load a request per second is: 1, unless utilization is measured. */
  #unit = 1
  #report: Report
  #tooHeavy = 0
  #shed = 0
  #status: FleetStatus

  /** @param since when the server first joined a fleet: its weight grows from then on. */
  constructor(limits: MemberLimits, now: number, since: number = now) {
    this.#limits = limits
    this.#time = new Steady(now)
    this.#meter = new Meter(limits.window, now)
    this.#utilization = new Average(limits.window)
    this.#joinedAt = now
    this.#since = since
    this.#measuredAt = now
    this.#companyAt = now
    this.#report = { load: 0, weight: weightAt(now - since, limits) }
    this.#status = Object.freeze({
      ...{ state: 'joining', members: 0, load: 0, total: 0, fair: 0, surplus: 0 },
      ...{ weight: this.#report.weight, shed: 0, returned: 0 },
    })
  }

  get status(): FleetStatus {
    return this.#status
  }

  /** A connection that was open before. */
  adopt(connection: Connection<Transport>, now: number): void {
    this.#meter.add(connection, this.#time.at(now), connection.requests)
  }

  opened(connection: Connection<Transport>, now: number): void {
    const at = this.#time.at(now)
    this.#meter.add(connection, at)
    this.#guard.opened(connection.address, at)
  }

  /**
   * Reads its own load.
   *
   * @param utilization where that is the measure: how busy the server was since the last call, from 0 to 1. Requests
   *   then tell which part of it is each connection's.
   * @returns what to tell the fleet.
   */
  measure(now: number, utilization?: number): Report {
    const at = this.#time.at(now)
    const elapsed = at - this.#measuredAt
    this.#measuredAt = at
    this.#meter.read(at)
    const { load, shedLoad } = this.#meter
    this.#allowance.earn(load, elapsed / 1_000)
    if (utilization !== undefined) {
      this.#utilization.add(utilization, elapsed)
      this.#unit = load + shedLoad > 0 ? this.#utilization.value / (load + shedLoad) : 0
    }
    this.#report = {
      load: (load + shedLoad) * this.#unit,
      weight: weightAt(at - this.#since, this.#limits),
    }
    return this.#report
  }

  /** The store has not answered for so long that what is known of the fleet may not be true any more. */
  lost(): void {
    this.#status = Object.freeze({ ...this.#status, state: 'unreachable', load: this.#load })
  }

  /** A dry run is over. */
  restore(): void {
    this.#meter.restore()
  }

  get #load(): number {
    return this.#meter.load * this.#unit
  }

  /**
   * Compares its load with the sums over all members.
   *
   * @param told its own report that is among them.
   * @returns the connections to retire, each of them once.
   */
  decide(sums: Totals, now: number, told: Report = this.#report): readonly Connection<Transport>[] {
    const { weight } = this.#report
    // An answer may be late. What has changed here since is not in it.
    const totals = {
      load: sums.load - told.load + this.#report.load,
      weight: sums.weight - told.weight + weight,
      members: sums.members,
    }
    const load = this.#load
    // A new member has not measured for a whole window yet.
    const at = this.#time.at(now)
    const measured = Math.min(this.#limits.window, at - this.#joinedAt) / 1_000
    const fairRequests = this.#unit > 0 ? ((totals.load / this.#unit) * weight * measured) / totals.weight : 0
    const certain = this.#doubt.least(load, totals.load)
    const share = shareOf({ load: certain, weight }, totals, fairRequests, this.#limits.tolerance)
    const { state, shed } = this.#act(share, totals, at)
    this.#shed += shed.length
    this.#status = Object.freeze({
      ...{ state, members: totals.members, load, total: totals.load },
      ...{
        fair: share.fair,
        surplus: load - share.fair,
        weight,
        shed: this.#shed,
        returned: this.#guard.returned,
      },
    })
    return shed
  }

  #act(
    share: Share,
    totals: Totals,
    now: number,
  ): { state: FleetState; shed: readonly Connection<Transport>[] } {
    if (totals.members > 1) this.#companyAt = now
    if (!share.isSignificant) {
      this.#tooHeavy = 0
      this.#guard.rested()
      return { state: now - this.#companyAt >= alonePatience ? 'alone' : 'even', shed: [] }
    }
    const chance = this.#report.weight / totals.weight
    const most = Math.min(
      this.#allowance.whole,
      this.#guard.most(share.surplus, share.fair + share.surplus, totals.load, chance, now),
    )
    if (this.#guard.isResting(now)) return { state: 'sticky', shed: [] }
    const { chosen, isTooHeavy, heaviest } = choose(this.#meter.pulses, share.surplus / this.#unit, most)
    const isElephant = isTooHeavy || heaviest * this.#unit > share.fair
    this.#tooHeavy = isElephant ? this.#tooHeavy + 1 : 0
    this.#allowance.spend(chosen.length)
    const alone = this.#meter.alone(chosen.map(({ connection }) => connection.address))
    for (const pulse of chosen) {
      const { address } = pulse.connection
      pulse.isShed = true
      this.#guard.shed(alone.has(address) ? address : undefined, pulse.rate * this.#unit, chance, now)
    }
    const state = this.#tooHeavy < elephantPatience ? 'shedding' : 'elephant'
    return { state, shed: chosen.map(({ connection }) => connection) }
  }
}
