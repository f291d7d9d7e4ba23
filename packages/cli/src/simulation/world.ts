import { type Limits, memberDefaults, type Options, parseOptions, patience } from '@evenkeel/core'
import { Agenda } from './agenda.js'
import { type Balancer, type BalancerName, balancers } from './balancers.js'
import { Random } from './random.js'
import type { Rule } from './rule.js'
import { type End, Server } from './server.js'
import { Store } from './store.js'

/** How reports get lost and late. */
export interface Weather {
  /** The part of all ticks that a server misses as a whole. */
  readonly missed: number
  /** The part of all reports that the store never gets. */
  readonly lost: number
  /** How long the store takes to answer, at most, in milliseconds. */
  readonly delay: number
}

export const fair: Weather = { missed: 0, lost: 0, delay: 2 }

export interface Setting {
  readonly seed: number
  /** What the servers limit; what is not given has its default. */
  readonly limits: Options
  /** What decides for a new server which connections leave, beside their limits. Default nothing. */
  readonly newRule?: (random: Random, now: number) => Rule<End> | undefined
  readonly balancer: BalancerName
  /** Whether a server without a rule reads nothing by itself: its clients tell it. Default false. */
  readonly isTold?: boolean
  readonly weather?: Weather
  /** The servers see the balancer's address instead of the clients'. */
  readonly hidden?: boolean
}

const { interval } = memberDefaults

/** Servers with a store and a balancer, on a fake clock. */
export class World {
  readonly agenda: Agenda = new Agenda()
  readonly random: Random
  readonly servers: Server[] = []
  /** How many connections were opened. */
  opened = 0
  /** How often a server found that shedding is in vain. */
  verdicts = 0
  /** How many ticks of servers ended in each state. */
  readonly states: Map<string, number> = new Map()
  readonly limits: Limits
  readonly #newRule: Setting['newRule']
  readonly #isTold: boolean
  readonly #weather: Weather
  readonly #hidden: boolean
  readonly #balancer: Balancer
  readonly #store = new Store(interval)
  #joined = 0

  constructor({ seed, limits, newRule, balancer, isTold = false, ...rest }: Setting) {
    const { weather = fair, hidden = false } = rest
    this.#isTold = isTold && newRule === undefined
    this.random = new Random(seed)
    const clock = { now: () => this.agenda.now }
    this.limits = parseOptions(limits, { clock, random: this.random.uniform })
    this.#newRule = newRule
    this.#weather = weather
    this.#hidden = hidden
    this.#balancer = balancers[balancer](this.random)
  }

  join(): void {
    const rule = this.#newRule?.(this.random, this.agenda.now)
    const server = new Server(++this.#joined, this.limits, rule)
    this.servers.push(server)
    if (this.#isTold) return
    this.agenda.at(this.agenda.now + this.random.uniform() * interval, (at) => this.#tick(server, at))
  }

  /** The server takes no new connections, and those that it has leave with their next request. */
  leave(server: Server): void {
    this.servers.splice(this.servers.indexOf(server), 1)
    this.#store.leave(server.id)
    for (const connection of [...server.tracker]) server.retire(connection, this.agenda.now)
  }

  /** What a server sees of an address. */
  seen(address: string): string {
    return this.#hidden ? 'balancer' : address
  }

  choose(address: string): Server {
    this.opened++
    return this.#balancer(address, this.servers)
  }

  #tick(server: Server, now: number): void {
    if (!this.servers.includes(server)) return
    this.agenda.at(now + interval, (at) => this.#tick(server, at))
    server.catchUp(now)
    if (server.rule === undefined || this.random.uniform() < this.#weather.missed) return
    const report = server.rule.measure(now)
    if (this.random.uniform() < this.#weather.lost) {
      if (++server.missed >= patience) server.rule.lost()
      return
    }
    server.missed = 0
    const delay = this.random.uniform() * this.#weather.delay
    this.agenda.at(now + delay / 2, (toldAt) => {
      const totals = this.#store.tell(server.id, report, toldAt)
      this.agenda.at(now + delay, (at) => {
        if (!this.servers.includes(server)) return
        for (const connection of server.rule?.decide(totals, at) ?? []) server.retire(connection, at)
        const state = server.rule?.status?.state
        if (state === undefined) return
        this.states.set(state, (this.states.get(state) ?? 0) + 1)
        if (state === 'sticky' && server.state !== state) this.verdicts++
        server.state = state
      })
    })
  }
}
