import { setTimeout as wait } from 'node:timers/promises'
import { Clients, type Crowd } from './clients.js'
import type { Servers } from './servers.js'

export interface Plan extends Crowd {
  readonly from: number
  readonly to: number
  /** When servers are added, and when it is over, in seconds. */
  readonly at: number
  readonly seconds: number
  /** Whether it is over as soon as the servers are even. */
  readonly untilEven: boolean
}

export interface Second {
  readonly second: number
  /** Requests of each server. */
  readonly served: readonly number[]
  /** The busiest over the mean. */
  readonly hottest: number
  readonly opened: number
  readonly states: readonly string[]
}

export interface Outcome {
  /** The busiest server over the mean, in the middle one of the last seconds. */
  readonly hottest: number
  /** Per second, in the last seconds. */
  readonly reconnects: number
  readonly opened: number
  /** How many seconds after the scale-out the busiest was below 1.25 times the mean, for three seconds on end. */
  readonly evenAfter: number | undefined
  readonly sent: number
  readonly failures: readonly string[]
}

/** How many seconds at the end count as settled. */
const settled = 20

/** Clients use servers, and more servers come. */
export async function play(plan: Plan, servers: Servers, show: (second: Second) => void): Promise<Outcome> {
  await servers.grow(plan.from)
  const clients = new Clients(servers.address, plan)
  const seconds: Second[] = []
  let opened = 0
  for (let second = 1; second <= plan.seconds; second++) {
    await wait(1_000)
    const served = await servers.served()
    const mean = served.reduce((sum, count) => sum + count, 0) / served.length
    const told: Second = {
      ...{ second, served, hottest: Math.max(...served) / mean },
      ...{ opened: clients.opened - opened, states: servers.takeStates() },
    }
    opened = clients.opened
    seconds.push(told)
    show(told)
    if (second === plan.at) await servers.grow(plan.to)
    if (plan.untilEven && evenAfter(seconds, plan) !== undefined) break
  }
  clients.stop()
  await servers.stop()
  const { sent, failures } = clients
  return { ...judge(seconds, plan), opened, sent, failures }
}

function judge(
  seconds: readonly Second[],
  plan: Plan,
): Pick<Outcome, 'hottest' | 'reconnects' | 'evenAfter'> {
  const last = seconds.slice(-settled)
  return {
    hottest: last.map(({ hottest }) => hottest).sort((a, b) => a - b)[last.length >> 1] ?? Number.NaN,
    reconnects: last.reduce((sum, { opened }) => sum + opened, 0) / last.length,
    evenAfter: evenAfter(seconds, plan),
  }
}

function evenAfter(seconds: readonly Second[], { at }: Plan): number | undefined {
  const grown = seconds.slice(at)
  const even = grown.findIndex((_, second) =>
    [0, 1, 2].every((later) => (grown[second + later]?.hottest ?? Infinity) < 1.25),
  )
  return even < 0 ? undefined : even + 1
}
