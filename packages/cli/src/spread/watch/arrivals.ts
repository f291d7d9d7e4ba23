import type { Second } from './second.js'

/** A server that came while connections were kept open. Seconds count from 1. */
export interface Arrival {
  readonly server: string
  /** The second in which it was seen first. */
  readonly seen: number
  /** The second in which a kept connection reached it first; nothing if none has. */
  readonly reached: number | undefined
  /** The second in which kept connections first brought it at least half of its fair share; nothing if never. */
  readonly shared: number | undefined
  /** Of the requests over kept connections since it was seen: those that it got, and all. */
  readonly requests: number
  readonly of: number
}

/** The servers that were not known before, in the order in which they came. */
export function findArrivals(known: readonly string[], seconds: readonly Second[]): Arrival[] {
  const names = seconds.flatMap(({ kept, fresh }) => [...fresh, ...kept])
  const servers = new Set([...known, ...names])
  return [...servers].slice(new Set(known).size).map((server) => {
    const counts = seconds.map(({ kept }) => count(kept, server))
    const at = (is: (second: Second, place: number) => boolean): number | undefined => {
      const place = seconds.findIndex(is)
      return place < 0 ? undefined : place + 1
    }
    const seen = at(({ kept, fresh }) => kept.includes(server) || fresh.includes(server)) ?? 1
    const since = seconds.slice(seen - 1)
    return {
      ...{ server, seen },
      reached: at((_, place) => (counts[place] ?? 0) > 0),
      shared: at(({ kept }, place) => {
        const half = kept.length / servers.size / 2
        return (counts[place] ?? 0) >= Math.max(1, half)
      }),
      requests: counts.slice(seen - 1).reduce((sum, each) => sum + each, 0),
      of: since.reduce((sum, { kept }) => sum + kept.length, 0),
    }
  })
}

/** How many seconds it has waited for half of its fair share, up to now. */
export function waited({ seen, shared }: Arrival, now: number): number {
  return (shared ?? now + 1) - seen
}

export function count(names: readonly string[], name: string): number {
  return names.filter((each) => each === name).length
}
