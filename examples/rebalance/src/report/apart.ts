/**
 * Heights from 0 to 1, in ascending order, moved so far that each is at least `gap` above the one before and none is
 * outside: labels keep their order and do not cover each other. More than fit are evenly spread.
 */
export function moveApart(heights: readonly number[], gap: number): number[] {
  const room = Math.min(gap, 1 / Math.max(1, heights.length - 1))
  const raised: number[] = []
  for (const height of heights) raised.push(Math.max(height, (raised.at(-1) ?? -Infinity) + room))
  const moved: number[] = []
  for (const height of raised.toReversed()) moved.unshift(Math.min(height, (moved[0] ?? 1 + room) - room))
  return moved
}
