import type { Keel } from '@evenkeel/node'
import type { Instrument } from './instrument.js'
import { type Reading, read, readAll } from './reading.js'
import { type Row, rowOf, zeroOf } from './row.js'

/** A row for each instrument, and none where there is no server that has it. */
export type Tallied = ReadonlyMap<Instrument, Row>

/**
 * Adds up what the keels of a source show. A keel that is no longer given leaves what it counted behind, because
 * counters must not fall; if it comes back, it takes that along again.
 */
export class Tally {
  readonly #instruments: readonly Instrument[]
  readonly #keels: Iterable<Keel>
  readonly #present = new Set<Keel>()
  readonly #behind = new WeakMap<Keel, Tallied>()
  #left: Tallied

  constructor(instruments: readonly Instrument[], keels: Iterable<Keel>) {
    this.#instruments = instruments
    this.#keels = keels
    this.#left = new Map(
      instruments.filter(isAlwaysThere).map((instrument) => [instrument, zeroOf(instrument)]),
    )
  }

  /** Reads every keel that is there, once. */
  take(): Tallied {
    const keels = new Set(this.#keels)
    for (const keel of this.#present) if (!keels.has(keel)) this.#leave(keel)
    for (const keel of keels) if (!this.#present.has(keel)) this.#arrive(keel)
    return this.#addUp([
      this.#left,
      ...readAll(keels).map((reading) => this.#rowsOf(reading, this.#instruments)),
    ])
  }

  #leave(keel: Keel): void {
    const counted = this.#rowsOf(
      read(keel),
      this.#instruments.filter(({ kind }) => kind !== 'gauge'),
    )
    this.#present.delete(keel)
    this.#behind.set(keel, counted)
    this.#left = this.#addUp([this.#left, counted])
  }

  #arrive(keel: Keel): void {
    const counted = this.#behind.get(keel) ?? new Map<Instrument, Row>()
    this.#present.add(keel)
    this.#left = this.#addUp([
      this.#left,
      new Map([...counted].map(([instrument, row]) => [instrument, row.map((value) => -value)])),
    ])
  }

  #rowsOf(reading: Reading, instruments: readonly Instrument[]): Tallied {
    return new Map(instruments.map((instrument) => [instrument, rowOf(instrument, reading)]))
  }

  #addUp(tallies: readonly Tallied[]): Tallied {
    return new Map(
      this.#instruments.flatMap((instrument) => {
        const rows = tallies.flatMap((tally) => [tally.get(instrument) ?? []].filter((row) => row.length > 0))
        return rows.length === 0 ? [] : [[instrument, rows.reduce((a, b) => join(instrument, a, b))] as const]
      }),
    )
  }
}

/** A sum is 0 where nothing is added up, unless the number means nothing to a server without it. */
function isAlwaysThere(instrument: Instrument): boolean {
  return instrument.across === 'sum' && !(instrument.kind === 'gauge' && instrument.isOptional)
}

const joiners = {
  sum: (one: number, other: number): number => one + other,
  min: Math.min,
  max: Math.max,
}

function join({ across }: Instrument, one: Row, other: Row): Row {
  return one.map((value, index) => joiners[across](value, other[index] ?? 0))
}
