type Rows = import('../src/history.js').Rows

/** One second, as it came. */
interface Row {
  readonly opened: number
  readonly closed: number
  readonly open: number
  readonly requests: number | null
  readonly states: Readonly<Record<OpenState, number | null>>
  readonly retired: Readonly<Record<Reason, number>>
  readonly closes: Readonly<Record<Side, number>>
}

/** As far as the pictures reach back, in seconds, and the least that they show. */
const farthest = 600
const nearest = 60

/** The seconds that the pictures show, without a gap; one that never came is null. */
class Seconds {
  readonly #rows = new Map<number, Row>()
  #last = 0

  /** @param complete whether the rows are all that there is. */
  add(rows: Rows, complete: boolean): void {
    if (complete) this.#rows.clear()
    for (const [i, opened] of rows.opened.entries()) this.#rows.set(rows.from + i, rowAt(rows, i, opened))
    this.#last = rows.from + rows.opened.length - 1
    for (const at of this.#rows.keys()) if (at <= this.#last - farthest) this.#rows.delete(at)
  }

  clear(): void {
    this.#rows.clear()
  }

  /** The seconds of the horizontal axis: from the first that is known, but at least a minute. */
  times(): number[] {
    const first = this.#rows.keys().next().value ?? this.#last
    const length = Math.min(farthest, Math.max(nearest, this.#last - first + 1))
    return Array.from({ length }, (_, i) => this.#last - length + 1 + i)
  }

  column(read: (row: Row) => number | null): (number | null)[] {
    return this.times().map((at) => {
      const row = this.#rows.get(at)
      return row === undefined ? null : read(row)
    })
  }

  /** The sum of the last so many seconds. */
  sum(seconds: number, read: (row: Row) => number): number {
    let sum = 0
    for (const [at, row] of this.#rows) if (at > this.#last - seconds) sum += read(row)
    return sum
  }

  get last(): Row | undefined {
    return this.#rows.get(this.#last)
  }
}

function rowAt(rows: Rows, i: number, opened: number): Row {
  const pick = <Key extends string, Value>(columns: Readonly<Record<Key, readonly Value[]>>) =>
    Object.fromEntries(
      Object.entries<readonly Value[]>(columns).map(([key, values]) => [key, values[i]]),
    ) as Record<Key, Value>
  return {
    opened,
    closed: rows.closed[i] ?? 0,
    open: rows.open[i] ?? 0,
    requests: rows.requests[i] ?? null,
    states: pick(rows.states),
    retired: pick(rows.retired),
    closes: pick(rows.closes),
  }
}
