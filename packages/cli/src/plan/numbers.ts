import type { BalancerName, Pace } from '../simulation/index.js'

/** What a plan is made of. Times are milliseconds. */
export interface Numbers {
  /** How many servers there are, and how many they become. */
  readonly servers: number
  readonly to: number
  readonly connections: number
  /** Those whose connections these are. */
  readonly clients: number
  /** Requests per second of all. */
  readonly rate: number
  /** How unequal the clients are: the sigma of a log-normal distribution. */
  readonly skew: number
  readonly pace: Pace
  readonly balancer: BalancerName
  /** The time of a server's CPU that a new connection takes. */
  readonly handshake: number
  readonly idleTimeout: number
  /** How soon the load must be even. */
  readonly within: number
}
