import type { Http2ServerRequest } from 'node:http2'
import { createFleet } from '@evenkeel/fleet'
import type { Keel, Reason, ServerOptions } from '@evenkeel/node'
import { ScriptedStore } from '../fleet/scripted-store.js'

/** How a server comes to retire the sessions that its clients use. */
export interface Plan {
  readonly options: ServerOptions
  /** On a clock that stands still but for this and for what the test tells it: so much for each request. */
  readonly step?: number
  /** From the start on. */
  begin?(keel: Keel): void
  /** With the request of that number. */
  request?(keel: Keel, request: Http2ServerRequest, number: number): void
  /** What goes by between two phases; what is idle then is closed before the next begins, if it waits for that. */
  readonly pause?: { readonly milliseconds: number; readonly untilClosed: boolean }
  /** Other than the usual clients, and how many phases. */
  readonly phase?: { readonly clients: number; readonly workers: number; readonly fresh: boolean }
  readonly phases?: number
}

export type PlanName = Exclude<Reason, 'pressure'>

export const plans: Readonly<Record<PlanName, Plan>> = {
  'max-requests': { options: { maxRequestsPerConnection: 20 } },
  'max-age': { options: { maxConnectionAge: 100 }, step: 1 },
  'idle-timeout': {
    options: { idleTimeout: 10_000 },
    step: 0,
    pause: { milliseconds: 60_000, untilClosed: true },
  },
  // No session is so long unused that it could be closed as an idle one.
  drain: { options: { quietGuard: 60_000 }, begin: drainAgainAndAgain },
  manual: {
    options: {},
    request(keel, request, number) {
      if (number % 20 === 0) setTimeout(() => keel.retire(request), 1)
    },
  },
  fleet: { options: { fleet: createFleet({ store: idleOthers(), interval: 5, window: 20 }) }, phases: 6 },
  // Each client connects behind those before, which are idle by then and send no more.
  evicted: {
    options: { maxConnections: 8, quietGuard: 1_000 },
    step: 0,
    pause: { milliseconds: 10_000, untilClosed: false },
    phase: { clients: 1, workers: 1, fresh: true },
    phases: 16,
  },
}

/** Nine other servers without any load. */
function idleOthers(): ScriptedStore {
  const store = new ScriptedStore()
  store.others = { load: 0, weight: 9, members: 9 }
  return store
}

/** Half of the sessions leave within each 50 ms, and the server stays in service. */
async function drainAgainAndAgain(keel: Keel): Promise<void> {
  for (;;) await keel.drain({ within: 50, fraction: 0.5 })
}

export function isPlan(name: string): name is PlanName {
  return Object.hasOwn(plans, name)
}
