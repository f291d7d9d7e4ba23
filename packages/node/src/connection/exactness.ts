import type { Watch } from './watch.js'

/** Last uses must be exact to the millisecond while idle connections may be closed. */
export function decideExactness({ clock, service, limits }: Watch): void {
  clock.exact = service.draining || limits.maxConnections !== Infinity
}
