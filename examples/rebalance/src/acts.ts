import type { Run } from './run.js'

/** The runs of the demo, in their order: bare servers, and servers that limit the requests of a connection. */
export const acts = ['without', 'limit'] as const

export type Act = (typeof acts)[number]

/** The runs in the order of their acts. */
export function inOrder(runs: Readonly<Record<Act, Run>>): Run[] {
  return acts.map((act) => runs[act])
}
