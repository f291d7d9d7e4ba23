import type { Balancer } from './balancer.js'
import { haproxy } from './haproxy.js'
import { nginx } from './nginx.js'

/** What the command says with `--json`, as far as tests look at it. */
export interface Result {
  readonly by: string
  readonly servers: readonly {
    readonly name: string
    readonly connections: number
    readonly requests: number
  }[]
  readonly reach: string
  readonly choice?: { readonly choice: string }
  readonly evenness?: { readonly probability: number }
  readonly ended: number
  readonly endedIdle: number
  readonly idle?: readonly [least: number, most: number]
  readonly interrupted: boolean
  readonly budget: { readonly sent: { readonly connections: number; readonly requests: number } }
}

/** A balancer, and what the command is to say of it. */
export interface Expected {
  readonly balancer: Balancer
  readonly reach: 'one' | 'many'
  readonly choices: readonly string[]
  readonly parameters?: readonly string[]
}

const addresses = Array.from({ length: 20 }, (_, place) => `127.0.0.${place + 2}`).join(',')
const fromMany = { parameters: ['--from', addresses] }

/** Several workers of nginx know nothing of each other: each takes turns by itself. */
const inTurns = ['round-robin', 'steadier-than-chance']

export const expectations: readonly Expected[] = [
  { balancer: haproxy('roundrobin'), reach: 'one', choices: ['round-robin'] },
  { balancer: haproxy('leastconn'), reach: 'one', choices: ['least-connections'] },
  { balancer: haproxy('source'), reach: 'one', choices: ['client-address'], ...fromMany },
  { balancer: nginx({ module: 'stream' }), reach: 'one', choices: ['round-robin'] },
  { balancer: nginx({ module: 'stream', workers: 4 }), reach: 'one', choices: inTurns },
  {
    balancer: nginx({ module: 'stream', method: 'least_conn' }),
    reach: 'one',
    choices: ['least-connections'],
  },
  {
    balancer: nginx({ module: 'stream', method: 'least_conn', workers: 4 }),
    ...{ reach: 'one', choices: ['least-connections', 'in-turn', 'steadier-than-chance'] },
  },
  {
    balancer: nginx({ module: 'stream', method: 'hash $remote_addr' }),
    ...{ reach: 'one', choices: ['client-address'], ...fromMany },
  },
  { balancer: nginx({ module: 'http' }), reach: 'many', choices: ['in-turn'] },
  {
    balancer: nginx({ module: 'http', workers: 4 }),
    reach: 'many',
    choices: ['in-turn', 'steadier-than-chance'],
  },
  { balancer: nginx({ module: 'http', method: 'random' }), reach: 'many', choices: ['random'] },
]
