import type { Run } from './run.js'

/** The runs of the demo, in their order: bare servers, a limit on the requests of a connection, a fleet. */
export const acts = ['without', 'limit', 'fleet'] as const

export type Act = (typeof acts)[number]

/** Those with Even Keel, and why it ends connections there. */
export const reasons = { limit: 'max-requests', fleet: 'fleet' } as const

/** The runs in the order of their acts. */
export function inOrder(runs: Readonly<Record<Act, Run>>): Run[] {
  return acts.map((act) => runs[act])
}
