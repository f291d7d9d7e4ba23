import { randomUUID } from 'node:crypto'
import type { Keel } from '@evenkeel/node'
import { type Frame, look, type Now } from './frame.js'
import { currentSecond, type Rows, span } from './history.js'
import { displaced } from './place.js'
import { Roster } from './roster.js'
import type { Observed, Subject } from './subject.js'
import type { Viewer } from './viewer.js'

/** A moment, looked at once for all viewers, and made into text no more often than somebody needs it. */
type Moment = (complete: boolean) => string

/** What the look before saw. */
interface Before {
  readonly keel: Keel
  /** Milliseconds since 1970. */
  readonly time: number
  readonly second: number
  readonly requests: number
  /** Whether it saw the second's beginning. */
  readonly whole: boolean
}

/** Shows each second to all who look. While nobody looks there is no timer, and nothing is computed. */
export class Broadcast {
  readonly #subject: Subject
  readonly #name: string
  readonly #maxViewers: number
  readonly #id = randomUUID()
  readonly #viewers = new Set<Viewer>()
  readonly #roster = new Roster()
  #timer: NodeJS.Timeout | undefined
  /** What the last look saw. */
  #moment: Moment | undefined
  #before: Before | undefined

  constructor(subject: Subject, name: string, maxViewers: number) {
    this.#subject = subject
    this.#name = name
    this.#maxViewers = maxViewers
  }

  /** The newcomer is shown everything; within one second all are shown the same. */
  join(viewer: Viewer): void {
    this.#viewers.add(viewer)
    if (this.#timer === undefined) this.#wait()
    if (this.#moment === undefined) this.#show()
    else viewer.show(this.#moment)
    // One whose connection has been retired before is told so until then, and takes nobody's place.
    setImmediate(() => this.#makeRoom(viewer))
  }

  leave(viewer: Viewer): void {
    this.#viewers.delete(viewer)
    if (this.#viewers.size > 0) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#moment = undefined
    this.#before = undefined
    this.#roster.forget()
  }

  /** Where all places are taken, one of the others gives up its own. */
  #makeRoom(newcomer: Viewer): void {
    if (newcomer.over || !this.#viewers.has(newcomer)) return
    const others = [...this.#viewers].filter((viewer) => viewer !== newcomer && !viewer.over)
    if (others.length >= this.#maxViewers) displaced(others, newcomer)?.displace()
  }

  /** Until a little behind the next full second, when all of the last one is known. */
  #wait(): void {
    this.#timer = setTimeout(
      () => {
        this.#wait()
        this.#show()
      },
      1005 - (Date.now() % 1000),
    )
    this.#timer.unref()
  }

  #show(): void {
    const former = this.#before?.keel
    const moment = this.#look()
    this.#moment = moment
    const moved = former !== this.#before?.keel
    for (const viewer of this.#viewers) {
      if (moved) viewer.behind = true
      viewer.show(moment)
    }
  }

  #look(): Moment {
    const second = currentSecond()
    const observed = this.#subject.observed()
    if (observed === undefined) {
      this.#before = undefined
      return once(() => this.#frame(undefined, undefined, true))
    }
    const { keel, history } = observed
    const keys = new Set([...this.#viewers].map(({ key }) => key))
    const now = look(keel, history, keys, () => this.#roster.of(keel))
    const before = this.#before?.keel === keel ? this.#before : undefined
    this.#sample(observed, now, second, before)
    const began = Math.max(history.began, second - span)
    return once((complete) => {
      const from = complete ? began : (before?.second ?? second)
      return this.#frame(now, history.rows(from, second, now.connections.total), complete)
    })
  }

  /** The second has just ended. Where the process was too busy to look at each, those in between share what came. */
  #sample({ keel, history }: Observed, now: Now, second: number, before: Before | undefined): void {
    const time = Date.now()
    const { requests } = now.totals
    if (before === undefined) this.#before = { keel, time, second, requests, whole: false }
    if (before === undefined || before.second === second) return
    const each = before.whole ? rate(requests - before.requests, time - before.time) : null
    const { total: _, ...states } = now.connections
    for (let at = before.second; at < second; at++) history.sample(at, { ...states, requests: each })
    this.#before = { keel, time, second, requests, whole: true }
  }

  #frame(now: Now | undefined, rows: Rows | undefined, complete: boolean): string {
    const frame: Frame = { id: this.#id, name: this.#name, now, rows, complete }
    return JSON.stringify(frame)
  }
}

/** Per second, to the hundredth. */
function rate(count: number, milliseconds: number): number {
  return Math.round((count * 100_000) / milliseconds) / 100
}

function once(build: Moment): Moment {
  const texts = new Map<boolean, string>()
  return (complete) => {
    const text = texts.get(complete) ?? build(complete)
    texts.set(complete, text)
    return text
  }
}
