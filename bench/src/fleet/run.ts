import { Pool, type Setting, Steady, World } from 'evenkeel/simulation'
import { median } from '../statistics.js'
import { governedBy, type RuleName } from './rules.js'

export interface Scenario extends Omit<Setting, 'limits' | 'newRule'> {
  readonly rule: RuleName
  readonly before: number
  readonly after: number
  readonly clients: number
  /** Requests per second of a client, on average. */
  readonly rate: number
  /** How unequal the clients are: the sigma of a log-normal distribution. 0: all equal. */
  readonly sigma: number
  readonly kind?: 'steady' | 'pool'
  /** When the servers become more, and when it ends, in seconds. */
  readonly scaleAt: number
  readonly seconds: number
  /** How many of the last seconds count as settled. Default 60. */
  readonly settled?: number
  /** Which part of the clients leaves each second, and is replaced by new ones. */
  readonly turnover?: number
  /** How often the oldest server is replaced, in seconds. */
  readonly restarts?: number
}

export interface Outcome {
  /** Connections opened beyond the first of each client. */
  readonly reconnects: number
  readonly perConnection: number
  /** Hottest server over the mean, by what its connections send on average: the median over the last minute. */
  readonly hottest: number
  /** The same, by the requests that came in each second. */
  readonly counted: number
  /** Within how many seconds after the servers became more the hottest is below 1.25 for the first time. */
  readonly below: number
  readonly perSecondAndThousand: number
  readonly perSecond: number
  readonly sticky: number
  readonly verdicts: number
  /** By the states of all ticks. */
  readonly states: ReadonlyMap<string, number>
}

export function run(scenario: Scenario): Outcome {
  const {
    before,
    after,
    clients,
    rate,
    sigma,
    scaleAt,
    seconds,
    turnover = 0,
    restarts = Infinity,
    settled = 60,
  } = scenario
  const world = new World({ ...scenario, ...governedBy(scenario.rule) })
  const { agenda, random } = world
  for (let i = 0; i < before; i++) world.join()
  const rateOf = sigma === 0 ? () => rate : random.logNormal(rate, sigma)
  const Client = scenario.kind === 'pool' ? Pool : Steady
  let named = 0
  const newClient = () => new Client(world, `c${++named}`, rateOf())
  const all = Array.from({ length: clients }, newClient)
  const hottest: number[] = []
  const counted: number[] = []
  let seen = new Map(world.servers.map(({ id, requests }) => [id, requests]))
  let left = 0
  let openedBySettled = 0
  let below = Infinity
  for (let second = 1; second <= seconds; second++) {
    if (second === scaleAt + 1) while (world.servers.length < after) world.join()
    if (second % restarts === 0) {
      const [oldest] = world.servers
      world.join()
      if (oldest !== undefined) world.leave(oldest)
    }
    if (second === seconds - settled + 1) openedBySettled = world.opened - left
    for (let n = random.poisson(turnover * clients); n > 0; n--) {
      const index = random.below(clients)
      const client = all[index]
      if (!(client instanceof Steady)) continue
      client.leave()
      left++
      all[index] = newClient()
    }
    agenda.runUntil(second * 1_000)
    const came = world.servers.map(({ id, requests }) => requests - (seen.get(id) ?? 0))
    seen = new Map(world.servers.map(({ id, requests }) => [id, requests]))
    if (second > scaleAt + 1 && below === Infinity && overMean(came) < 1.25) below = second - scaleAt
    if (second <= seconds - settled) continue
    counted.push(overMean(came))
    if (scenario.kind !== 'pool' && second % 5 === 0)
      hottest.push(overMean(world.servers.map(({ expected }) => expected)))
  }
  const reconnects = world.opened - left - clients
  const perSecond = (world.opened - left - openedBySettled) / settled
  return {
    reconnects,
    perConnection: reconnects / clients,
    hottest: median(hottest),
    counted: median(counted),
    below,
    perSecond,
    perSecondAndThousand: (perSecond * 1_000) / clients,
    sticky: world.servers.filter(({ rule }) => rule?.status?.state === 'sticky').length,
    verdicts: world.verdicts,
    states: world.states,
  }
}

function overMean(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0)
  return (Math.max(...values) * values.length) / sum
}
