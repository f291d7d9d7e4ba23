import type { Scenario } from './run.js'

/** What all of the table have in common: a hundred connections a server, and twice as many servers after two minutes. */
export const usual: Scenario = {
  seed: 1,
  rule: 'heaviest first',
  balancer: 'random',
  before: 10,
  after: 20,
  clients: 1_000,
  rate: 10,
  sigma: 1,
  scaleAt: 120,
  seconds: 420,
}

/** 64 clients with 3,500 requests per second in all, 2 to 4 servers after 8 of 60 seconds. */
export const few: Scenario = {
  ...usual,
  ...{ before: 2, after: 4, clients: 64, rate: 3_500 / 64, scaleAt: 8, seconds: 60, settled: 20 },
}

export interface Line {
  readonly name: string
  readonly scenario: Scenario
}

function line(name: string, changes: Partial<Scenario> = {}): Line {
  return { name, scenario: { ...usual, ...changes } }
}

export const lines: readonly Line[] = [
  line('200 requests', { rule: '200 requests' }),
  line('surplus, at random', { rule: 'at random' }),
  line('surplus, heaviest first'),
  line('equal rates', { sigma: 0 }),
  line('round robin', { balancer: 'round robin' }),
  line('least connections', { balancer: 'least connections' }),
  line('hash, modulo', { balancer: 'hash, modulo' }),
  line('hash, consistent', { balancer: 'hash, consistent' }),
  line('affinity', { balancer: 'affinity' }),
  line('affinity, addresses hidden', { balancer: 'affinity', hidden: true }),
  line('clients stay for 2 minutes', { turnover: 1 / 120 }),
  line('a server replaced every 20 s', { restarts: 20 }),
  line('reports lost, late, missed', { weather: { missed: 0.1, lost: 0.2, delay: 2_000 } }),
  line('200 to 400 servers', { before: 200, after: 400, clients: 20_000 }),
  { name: '64 clients, 2 to 4 servers', scenario: few },
  { name: '64 pools, 2 to 4 servers', scenario: { ...few, kind: 'pool' } },
]

/** It takes minutes and gigabytes, and is asked for by name. */
export const million: Line = line('500 to 1,000 servers, 1,000,000 connections', {
  ...{ before: 500, after: 1_000, clients: 1_000_000, scaleAt: 30, seconds: 180 },
})
