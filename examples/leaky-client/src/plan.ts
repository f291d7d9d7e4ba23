/** What the command line may say. */
export interface Options {
  readonly seconds: number
  readonly leakRate: number
  readonly clients: number
  readonly maxConnections?: number
  readonly descriptors?: number
  readonly fairEviction: boolean
}

/** What the machine lets the example do. */
export interface Machine {
  /** File descriptors that a process may have. */
  readonly descriptorLimit: number
  /** Whether clients can connect from addresses of their own. */
  readonly manyAddresses: boolean
}

/** What happens in both runs. Durations in milliseconds, unless their name says otherwise. */
export interface Plan {
  readonly seconds: number
  /** Connections that the leaking client opens in a second, and how many at the same time at most. */
  readonly leakRate: number
  readonly leakWorkers: number
  /** Addresses of the well-behaved clients; the leaking one comes from 127.0.0.1. */
  readonly addresses: readonly string[]
  /** Whether the server can tell the well-behaved clients from the leaking one. */
  readonly apart: boolean
  /** Between two requests of half of the well-behaved clients, and of the other half. */
  readonly interval: number
  readonly quietInterval: number
  readonly freshInterval: number
  /** File descriptors of each server. */
  readonly descriptors: number
  /** What the server with Even Keel is given. */
  readonly maxConnections: number
  readonly fairEviction: boolean
}

/** Descriptors that a process has besides its connections: standard streams, the event loop, this example's channel. */
export const spareDescriptors = 100

const interval = 200
const freshInterval = 2_000
const quietGuard = 500
const usualDescriptors = 4_000
/** Even Keel keeps a sixteenth of the places free. */
const freePart = 1 / 16

/**
 * The fewest places that hold: what has been opened within the quiet guard stays, half as many again are for a
 * machine that has other work to do, and of the free places half must do for one new connection of each client.
 */
export function fewestPlaces({ leakRate, clients }: Pick<Options, 'leakRate' | 'clients'>): number {
  const guarded = (leakRate * quietGuard) / 1000 + 2 * clients
  return Math.ceil(Math.max(1.5 * guarded, (2 * clients) / freePart))
}

/** Fills in what the options leave open: a bare server runs out of descriptors after two thirds of its run. */
export function planRun(options: Options, { descriptorLimit, manyAddresses: apart }: Machine): Plan {
  const { seconds, leakRate, clients, fairEviction } = options
  const fewest = fewestPlaces(options)
  const least = (options.maxConnections ?? fewest) + spareDescriptors
  const most = Math.min(usualDescriptors, descriptorLimit - spareDescriptors)
  const descriptors =
    options.descriptors ?? Math.max(least, Math.min(most, Math.round((leakRate * seconds * 2) / 3)))
  const maxConnections = options.maxConnections ?? Math.max(fewest, Math.floor(descriptors / 4))
  return {
    seconds,
    leakRate,
    // The other half of the free places, so that a slow machine leaks more slowly, not in bursts.
    leakWorkers: Math.max(1, Math.floor((maxConnections * freePart) / 2)),
    addresses: Array.from({ length: clients }, (_, client) => `127.0.0.${apart ? client + 2 : 1}`),
    apart,
    interval,
    // Longer than the leak takes to fill every place: by use alone, these would be the ones to go.
    quietInterval: Math.round((1.5 * maxConnections * 1000) / leakRate),
    freshInterval,
    descriptors,
    maxConnections,
    fairEviction,
  }
}
