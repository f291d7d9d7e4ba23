import { enders, openStates } from '@evenkeel/core'
import {
  type CloseEvent,
  type DrainEvent,
  type Keel,
  type Reason,
  type RetireEvent,
  reasons,
  type Side,
} from '@evenkeel/node'

/** What was there at the end of a second; known only while somebody looked. */
export interface Sample extends Readonly<Record<(typeof openStates)[number], number>> {
  /** Requests in that second. */
  readonly requests: number | null
}

/** What a drain was to do when it began. */
export interface Draining {
  readonly connections: number
  /** The share of all that they were. */
  readonly fraction: number
}

interface Second {
  readonly at: number
  opened: number
  closed: number
  readonly retired: Partial<Record<Reason, number>>
  readonly closes: Partial<Record<Side | 'unknown', number>>
  sample: Sample | undefined
}

/** Successive seconds, a column for each number; null is not known. */
export interface Rows {
  /** The first of them, in seconds since 1970. */
  readonly from: number
  readonly opened: readonly number[]
  readonly closed: readonly number[]
  /** Connections at the end of the second. */
  readonly open: readonly number[]
  readonly requests: readonly (number | null)[]
  readonly states: Readonly<Record<(typeof openStates)[number], readonly (number | null)[]>>
  readonly retired: Readonly<Record<Reason, readonly number[]>>
  readonly closes: Readonly<Record<Side | 'unknown', readonly number[]>>
}

/** How many seconds are remembered: ten minutes. */
export const span = 600

/** One more, for the second that is not over. */
const places = span + 1

/** What happened to the connections of one keel, by the second: collected from its events, whoever looks. */
export class History {
  /** The second in which the collecting began. */
  readonly began: number
  #drains = 0
  #latestDrain: Draining | undefined
  /** Seconds in which something happened, each in the place of an older one. */
  readonly #ring = new Array<Second | undefined>(places)
  readonly #end: () => void

  constructor(keel: Keel) {
    this.began = currentSecond()
    const opened = (): void => void this.#current().opened++
    const retired = ({ reason }: RetireEvent): void => add(this.#current().retired, reason)
    const closed = ({ by }: CloseEvent): void => {
      const second = this.#current()
      second.closed++
      add(second.closes, by ?? 'unknown')
    }
    const draining = ({ connections, fraction }: DrainEvent): void => {
      this.#drains++
      this.#latestDrain = { connections, fraction }
    }
    const drained = (): void => void this.#drains--
    keel.on('open', opened).on('retire', retired).on('close', closed)
    keel.on('drain', draining).on('drained', drained)
    this.#end = () => {
      keel.off('open', opened).off('retire', retired).off('close', closed)
      keel.off('drain', draining).off('drained', drained)
    }
  }

  /** The latest drain, while one goes on. */
  get draining(): Draining | undefined {
    return this.#drains > 0 ? this.#latestDrain : undefined
  }

  /** Collects no more. */
  end(): void {
    this.#end()
  }

  /** Notes what was there when a second ended. */
  sample(at: number, sample: Sample): void {
    this.#second(at).sample = sample
  }

  /**
   * The seconds from one to another, the last one not included.
   *
   * @param open how many connections there are now.
   */
  rows(from: number, to: number, open: number): Rows {
    const seconds = Array.from({ length: Math.max(0, to - from) }, (_, i) => this.#known(from + i))
    const by = <Name extends string>(names: readonly Name[], read: (second: Second, name: Name) => number) =>
      columns(names, (name) => seconds.map((second) => (second ? read(second, name) : 0)))
    return {
      from,
      ...by(['opened', 'closed'], (second, name) => second[name]),
      open: this.#backwards(from, to, open),
      requests: seconds.map((second) => second?.sample?.requests ?? null),
      states: columns(openStates, (state) => seconds.map((second) => second?.sample?.[state] ?? null)),
      retired: by(reasons, (second, reason) => second.retired[reason] ?? 0),
      closes: by(enders, (second, side) => second.closes[side] ?? 0),
    }
  }

  /** How many were open at the end of each second: what is open now, less what has come since and more what has gone. */
  #backwards(from: number, to: number, open: number): number[] {
    const totals: number[] = []
    for (let at = Math.max(currentSecond(), to); at > from; at--) {
      const second = this.#known(at)
      if (second !== undefined) open += second.closed - second.opened
      if (at <= to) totals.push(open)
    }
    return totals.reverse()
  }

  #current(): Second {
    return this.#second(currentSecond())
  }

  #second(at: number): Second {
    const present = this.#known(at)
    if (present !== undefined) return present
    const second: Second = { at, opened: 0, closed: 0, retired: {}, closes: {}, sample: undefined }
    this.#ring[at % places] = second
    return second
  }

  #known(at: number): Second | undefined {
    const second = this.#ring[at % places]
    return second?.at === at ? second : undefined
  }
}

/** In seconds since 1970. */
export function currentSecond(): number {
  return Math.floor(Date.now() / 1000)
}

function columns<Name extends string, Column>(
  names: readonly Name[],
  read: (name: Name) => Column,
): Record<Name, Column> {
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, Column>
}

function add<Name extends string>(counts: Partial<Record<Name, number>>, name: Name): void {
  counts[name] = (counts[name] ?? 0) + 1
}
