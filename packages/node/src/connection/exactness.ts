import type { Watch } from './watch.js'

/** It matters to the millisecond when a connection was last used while some may have to be closed idle. */
export function decideExactness({ clock, service, limits }: Watch): void {
  clock.exact = service.draining || limits.maxConnections !== Infinity
}
