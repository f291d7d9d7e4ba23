import type { Limits } from '../command/budget.js'
import type { By } from './names/by.js'

/** What the command was told. Times are in milliseconds. */
export interface Plan {
  readonly url: URL
  /** How many are opened in all. */
  readonly connections: number
  /** On each connection. */
  readonly requests: number
  /** Nothing: found by itself. */
  readonly by: By | undefined
  /** Local addresses; empty for what the system chooses. */
  readonly from: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly timeout: number
  /** Whether any certificate will do. */
  readonly isInsecure: boolean
  /** How many seconds connections are kept open and watched afterwards; 0 for not. */
  readonly watch: number
}

/** New connections a second, by which a watch finds out that there is a new server. */
export const freshPerSecond = 2

/** How many are opened before those of one server are closed, to see where the rest goes. */
export function firstWave({ connections }: Plan): number {
  return Math.ceil(connections * 0.6)
}

/** What it sends at most: in a watch a server may end every connection after every answer. */
export function limitsOf({ connections, requests, watch }: Plan): Limits {
  const watched = watch * (connections + freshPerSecond)
  return { connections: connections + watched, requests: connections * requests + watched }
}
