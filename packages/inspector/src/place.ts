import type { Viewer } from './viewer.js'

/**
 * Who gives up a place for a newcomer: the oldest of the address that would then hold the most, so that nobody can
 * take more than all others leave.
 *
 * @param viewers the oldest first.
 */
export function displaced(viewers: readonly Viewer[], newcomer: Viewer): Viewer | undefined {
  const held = new Map<string, number>()
  for (const { address } of [...viewers, newcomer]) held.set(address, (held.get(address) ?? 0) + 1)
  let found: Viewer | undefined
  let most = 0
  for (const viewer of viewers) {
    const count = held.get(viewer.address) ?? 0
    if (count <= most) continue
    found = viewer
    most = count
  }
  return found
}
