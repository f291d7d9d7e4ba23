import type { Plan } from './plan.js'
import type { Needed } from './program.js'
import type { Site } from './site.js'

/** One way to serve, to be measured beside the others. */
export interface Peer {
  readonly name: string
  /** The program it cannot do without, besides Node. */
  readonly needs?: Needed
  /** Starts as many servers as the plan has at first, and what stands in front of them. */
  start(plan: Plan): Promise<Site>
}
