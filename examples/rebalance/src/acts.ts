/** The runs of the demo, in their order: bare servers, a limit on the requests of a connection, a fleet. */
export const acts = ['without', 'limit', 'fleet'] as const

export type Act = (typeof acts)[number]

/** Those with Even Keel, and why it ends connections there. */
export const reasons = { limit: 'max-requests', fleet: 'fleet' } as const

/** What there is of each act, in the order of the acts. */
export function inOrder<Each>(all: Readonly<Record<Act, Each>>): Each[] {
  return acts.map((act) => all[act])
}
