/** A histogram: bin `i` counts what is at least `i * width` and below `(i + 1) * width`. */
export interface Bins {
  readonly width: number
  readonly counts: readonly number[]
  /** Of all that was counted; 0 where there is nothing. */
  readonly median: number
  readonly max: number
}

/** About as many bins as can be told apart in a small picture. */
const most = 24

/** Sorts values into at most 24 bins whose width is one of those given, or the last of them times a power of 2. */
export function bin(values: readonly number[], widths: readonly number[]): Bins {
  const sorted = Float64Array.from(values).sort()
  const max = sorted.at(-1) ?? 0
  let width = widths.find((width) => max < width * most) ?? widths.at(-1) ?? 1
  while (max >= width * most) width *= 2
  const counts = new Array<number>(Math.floor(max / width) + 1).fill(0)
  for (const value of sorted) {
    const at = Math.max(0, Math.floor(value / width))
    counts[at] = (counts[at] ?? 0) + 1
  }
  return { width, counts, median: sorted[sorted.length >> 1] ?? 0, max }
}

/** Widths of bins of requests. */
export const countWidths: readonly number[] = [0, 1, 2, 3, 4, 5].flatMap((power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
)

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Widths of bins of time, in milliseconds: those that a clock's face has. */
export const timeWidths: readonly number[] = [
  ...[10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12, 24].map((count) => count * hour),
]
