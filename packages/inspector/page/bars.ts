type Bins = import('../src/bins.js').Bins
type Distribution = import('@evenkeel/node').DistributionSnapshot

/** Where connections draw their own limit: jitter only shortens. */
type Zone = readonly [number, number] | undefined

function zoneOf(limit: Limit | undefined, jitter: Limit | undefined): Zone {
  if (typeof limit !== 'number') return undefined
  return [limit * (1 - (typeof jitter === 'number' ? jitter : 0)), limit]
}

/** What bars count: how a value is written, and whether it is a whole number. */
interface Measure {
  readonly format: (value: number) => string
  readonly whole: boolean
}

const time: Measure = { format: formatDuration, whole: false }
const number: Measure = { format: formatNumber, whole: true }

/** Bars that are equally wide in their unit too; they go on to the limit where that leaves something to see. */
function linearBars({ width, counts, median, max }: Bins, zone: Zone, { format }: Measure): Bars {
  const toLimit = zone === undefined ? 0 : Math.ceil(zone[1] / width)
  const length = Math.max(counts.length, toLimit <= 60 ? toLimit : 0, 4)
  const edges = Array.from({ length: length + 1 }, (_, i) => i * width)
  const empty = counts.every((count) => count === 0)
  const summary = empty ? '' : `Median ${format(median)}, highest ${format(max)}.`
  return { edges, counts: edges.slice(1).map((_, i) => counts[i] ?? 0), zone, summary }
}

/** The ends of a distribution's buckets in each power of ten, and coarser choices of them. */
const finenesses: readonly (readonly number[])[] = [
  [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.2, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 8, 9],
  [1, 1.5, 2, 3, 5, 7],
  [1, 2, 5],
]
const mostBars = 40

/** Bars whose edges grow with the value, as fine as can be shown. */
function growingBars(distribution: Distribution, zone: Zone, { format, whole }: Measure): Bars {
  const { buckets, count, p50, p99, max } = distribution
  const lowest = buckets[0]?.le ?? 1
  const last = buckets.at(-1)?.le ?? 10
  const highest = zone !== undefined && zone[1] < last * 5 ? Math.max(zone[1], last) : last
  const choices = finenesses.map((steps) => edgesBetween(lowest, highest, steps, whole))
  const edges = choices.find(({ length }) => length <= mostBars) ?? choices.at(-1) ?? []
  const counts = edges.slice(1).map(() => 0)
  for (const bucket of buckets) {
    const at =
      Math.max(
        1,
        edges.findIndex((edge) => reaches(edge, bucket.le)),
      ) - 1
    counts[at] = (counts[at] ?? 0) + bucket.count
  }
  const summary =
    count === 0 ? '' : `Median ${format(p50)}, 99 of 100 up to ${format(p99)}, highest ${format(max)}.`
  return { edges, counts, zone, summary }
}

/** From the edge below one value to the one that reaches another. */
function edgesBetween(lowest: number, highest: number, steps: readonly number[], whole: boolean): number[] {
  const edges = [0]
  for (let decade = 1; !reaches(edges.at(-1) ?? 0, highest); decade *= 10) {
    for (const step of steps) {
      const edge = step * decade
      if (whole && !Number.isInteger(Math.round(edge * 1e6) / 1e6)) continue
      if (!reaches(edge, lowest)) edges[0] = edge
      else if (!reaches(edges.at(-1) ?? 0, highest)) edges.push(edge)
    }
  }
  return edges
}

/** At least as large, whatever became of the last digits. */
function reaches(edge: number, value: number): boolean {
  return edge * 1.000001 >= value
}
