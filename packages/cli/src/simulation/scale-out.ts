import type { Options } from '@evenkeel/core'
import type { Pace } from './arrivals.js'
import { Slot } from './slot.js'
import { type Setting, World } from './world.js'

/** Who calls. */
export interface Crowd {
  readonly connections: number
  /** All of them have the same number of connections, with an address for each client. */
  readonly clients: number
  /** Requests per second of all. */
  readonly rate: number
  /** How unequal the clients are: the sigma of a log-normal distribution. 0: all equal. */
  readonly skew: number
  readonly pace: Pace
  /** Whether all connections are new at the beginning. */
  readonly isFresh: boolean
}

/** Times are seconds. */
export interface ScaleOut extends Setting, Crowd {
  readonly servers: number
  readonly to: number
  /** How often the servers are looked at. All other times are multiples of it. */
  readonly step: number
  /** When the servers become more. */
  readonly scaleAt: number
  /** How long after the scale-out the load may take to even out. */
  readonly within: number
  /** How long after it has, or could not within the time, the load counts as settled. */
  readonly rest: number
  /** Over how long a server's load is averaged then, and how many of these spans are judged. */
  readonly span: number
  readonly spans: number
}

export interface ScaledOut {
  /** How long until the new servers have four fifths of their fair share; Infinity if that is not seen. */
  readonly evenAfter: number
  /** Over the spans: what the new servers have of their fair share, and the hottest over the mean. */
  readonly newShare: number
  readonly hottest: number
  readonly reconnectsPerSecond: number
  /** The most within five seconds behind the scale-out, per second. */
  readonly peak: number
  /** From the scale-out until it is even, or to the end. */
  readonly reconnectsUntilEven: number
}

/** The part of their fair share from which on the new servers count as filled. */
export const filled = 0.8

/** Servers become more, and the load follows, step by step. */
export function scaleOut(setting: ScaleOut): ScaledOut {
  const { servers, to, step, scaleAt, within, rest, span, spans } = setting
  const world = new World({ ...setting, isTold: true })
  while (world.servers.length < servers) world.join()
  const slots = populate(world, setting)
  const runUntil = (time: number): void => {
    world.agenda.runUntil(time)
    if (setting.newRule === undefined) for (const slot of slots) slot.catchUp(time)
  }
  for (let passed = step; passed <= scaleAt; passed += step) runUntil(passed * 1_000)
  while (world.servers.length < to) world.join()
  /** The connections opened by the end of each step behind the scale-out. */
  const opened: number[] = [world.opened]
  const look = (): number[] => {
    runUntil((scaleAt + opened.length * step) * 1_000)
    opened.push(world.opened)
    return loadsOf(world, slots)
  }
  let evenAfter = Infinity
  while (evenAfter === Infinity && (opened.length - 1) * step < within) {
    if (newShareOf(look(), servers) >= filled) evenAfter = (opened.length - 1) * step
  }
  const evenAt = opened.length - 1
  const resting = Math.ceil((evenAfter === Infinity ? rest : rest + evenAfter / 4) / step)
  for (let i = 0; i < resting; i++) look()
  const settledAt = opened.length - 1
  const totals = Array.from({ length: spans }, () => {
    const looks = Array.from({ length: Math.round(span / step) }, look)
    return world.servers.map((_, server) => mean(looks.map((loads) => loads[server] ?? 0)))
  })
  const openedIn = (from: number, until: number): number => (opened[until] ?? 0) - (opened[from] ?? 0)
  const five = Math.round(5 / step)
  return {
    evenAfter,
    newShare: mean(totals.map((loads) => newShareOf(loads, servers))),
    hottest: mean(totals.map((loads) => Math.max(...loads) / mean(loads))),
    reconnectsPerSecond: openedIn(settledAt, opened.length - 1) / (span * spans),
    peak: Math.max(...opened.slice(five).map((_, i) => openedIn(i, i + five) / (five * step))),
    reconnectsUntilEven: openedIn(0, evenAt),
  }
}

/** How long a connection of each lives where nothing but its limits and pauses ends it; Infinity if it outlives the time. */
export function lives(crowd: Crowd, limits: Options, seed: number, longest: number): number[] {
  const world = new World({ seed, limits, balancer: 'random' })
  world.join()
  return populate(world, { ...crowd, isFresh: true }).map((slot) => {
    for (let until = 1_000; slot.life === undefined && until < 2 * longest; until *= 2) {
      slot.catchUp(Math.min(until, longest))
    }
    return slot.life ?? Infinity
  })
}

function populate(world: World, { connections, clients, rate, skew, pace, isFresh }: Crowd): Slot[] {
  const draw = skew === 0 ? () => 1 : world.random.logNormal(1, skew)
  const drawn = Array.from({ length: clients }, draw)
  const each = connections / clients
  // What is drawn has its mean only on average.
  const unit = rate / each / drawn.reduce((sum, part) => sum + part, 0)
  return Array.from({ length: connections }, (_, place) => {
    const client = place % clients
    const part = drawn[client] ?? 0
    return new Slot(world, { address: `c${client}`, rate: part * unit, pace, isFresh })
  })
}

/** What the connections of each server send on average. */
function loadsOf({ servers }: World, slots: readonly Slot[]): number[] {
  const loads = servers.map(() => 0)
  // The first server has the number 1.
  for (const { at, rate } of slots) loads[at - 1] = (loads[at - 1] ?? 0) + rate
  return loads
}

/** What the new servers have of their fair share. */
function newShareOf(loads: readonly number[], before: number): number {
  return mean(loads.slice(before)) / mean(loads)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
