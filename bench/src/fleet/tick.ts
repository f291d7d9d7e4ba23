import { type Connection, Member, memberDefaults, parseOptions, Tracker } from '@evenkeel/core'
import { cpuTime } from '../cpu.js'
import { quantile } from '../statistics.js'

/** The CPU time of measure and decide together, in milliseconds. */
export interface TickResult {
  readonly connections: number
  readonly sheds: boolean
  readonly median: number
  readonly p99: number
}

const connections = 18_000
const ticks = 300

/** How long a tick of a member with 18,000 connections takes, while it sheds and while it does not. */
export function measureTicks(): TickResult[] {
  return [false, true].map((sheds) => {
    const times = timesOf(sheds).slice(ticks / 3)
    return { connections, sheds, median: quantile(times, 0.5), p99: quantile(times, 0.99) }
  })
}

function timesOf(sheds: boolean): number[] {
  let now = 0
  const limits = parseOptions({}, { clock: { now: () => now }, random: Math.random })
  const tracker = new Tracker<undefined>(limits, {
    report(error) {
      throw error
    },
  })
  const member = new Member<undefined>(memberDefaults, now)
  const open = (i: number): void => {
    member.opened(tracker.open(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, 1, undefined, now), now)
  }
  for (let i = 0; i < connections; i++) open(i)
  const times: number[] = []
  for (let tick = 0; tick < ticks; tick++) {
    now += memberDefaults.interval
    for (const connection of tracker) connection.requests += Math.floor(Math.random() * 20)
    const before = cpuTime()
    const { load, weight } = member.measure(now)
    const totals = { load: sheds ? load * 2 : load * 10, weight: weight * 10, members: 10 }
    const chosen: readonly Connection<undefined>[] = member.decide(totals, now)
    times.push((cpuTime() - before) / 1_000)
    for (const connection of chosen) {
      tracker.close(connection, 'server', now)
      // Another client comes in its place.
      open(connections + tracker.totals().opened)
    }
  }
  return times
}
