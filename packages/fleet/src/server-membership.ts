import {
  type FleetHost,
  type FleetMember,
  type FleetStatus,
  type FleetTotals,
  Member,
  type Membership,
  patience,
  type Report,
} from '@evenkeel/core'
import type { FleetLimits } from './options.js'
import type { Store } from './stores/store.js'
import { utilization } from './utilization.js'

/** A store may keep whole numbers of small units. */
const nearly = 0.999

/** A question to the store that waits for its answer. */
interface Question {
  readonly at: number
  readonly abandon: AbortController
}

/** A server as a member of a fleet: in each interval it tells its load, hears the sums, and sheds what the rule says. */
export class ServerMembership implements Membership {
  readonly #host: FleetHost
  readonly #limits: FleetLimits
  readonly #id: string
  readonly #member: Member
  readonly #read: (() => number) | undefined
  readonly #stopListening: () => void
  readonly #left: () => void
  #timer: NodeJS.Timeout
  #question: Question | undefined
  /** When the question was asked that was answered last. */
  #heardAt: number
  #tickedAt: number
  #isRehearsal: boolean
  /** Why the store did not answer. */
  #failure: string | undefined
  #isOver = false

  /** @param left called when the store is not needed any more. */
  constructor(host: FleetHost, limits: FleetLimits, id: string, left: () => void) {
    this.#host = host
    this.#limits = limits
    this.#id = id
    this.#left = left
    this.#heardAt = host.clock.now()
    this.#tickedAt = this.#heardAt
    this.#member = new Member(limits, this.#heardAt, host.since)
    this.#isRehearsal = host.isRehearsal
    this.#read = limits.measure === 'utilization' ? utilization() : undefined
    for (const connection of host.connections()) this.#member.adopt(connection, this.#heardAt)
    this.#stopListening = host.onOpen((connection) => this.#member.opened(connection, host.clock.now()))
    // A phase of its own: members that start together do not all ask at once.
    this.#timer = setTimeout(() => {
      this.#timer = setInterval(() => this.#tick(), limits.interval).unref()
      this.#tick()
    }, host.random() * limits.interval).unref()
  }

  get status(): FleetStatus {
    return this.#member.status
  }

  async members(): Promise<readonly FleetMember[]> {
    const members = await this.#store.members(this.#limits.group)
    return [...members].map(([id, report]) => ({ id, ...report, isOwn: id === this.#id }))
  }

  async leave(): Promise<void> {
    if (this.#isOver) return
    this.#isOver = true
    clearInterval(this.#timer)
    this.#stopListening()
    try {
      await this.#store.leave(this.#limits.group, this.#id)
    } catch {
      // It will be seen to be silent.
    }
    // Not before: a report on its way could arrive behind the goodbye.
    this.#question?.abandon.abort()
    this.#left()
  }

  get #store(): Store {
    return this.#limits.store
  }

  /** How long an answer, and a report, are good for. */
  get #expiry(): number {
    return patience * this.#limits.interval
  }

  #tick(): void {
    const now = this.#host.clock.now()
    if (this.#isRehearsal && !this.#host.isRehearsal) this.#member.restore()
    this.#isRehearsal = this.#host.isRehearsal
    const report = this.#member.measure(now, this.#read?.())
    // The event loop stood still. The store could not be asked, and is not to blame.
    // It is the same with a clock that was set back.
    if (now - this.#tickedAt >= this.#expiry || now < this.#heardAt) this.#heardAt = now
    this.#tickedAt = now
    if (now - this.#heardAt > this.#expiry) this.#lose()
    if (this.#question !== undefined && now - this.#question.at < this.#expiry) return
    this.#question?.abandon.abort()
    const question: Question = { at: now, abandon: new AbortController() }
    this.#question = question
    this.#ask(question, report)
  }

  async #ask(question: Question, report: Report): Promise<void> {
    try {
      const { signal } = question.abandon
      const answer = await this.#store.exchange(this.#limits.group, this.#id, report, this.#expiry, signal)
      // Where others are missing, its own load says nothing of what its share is.
      this.#hear(question, report, answer.isPartial ? { ...report, members: answer.members } : answer)
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error)
    } finally {
      if (this.#question === question) this.#question = undefined
    }
  }

  #hear(question: Question, report: Report, totals: FleetTotals): void {
    const now = this.#host.clock.now()
    if (this.#isOver || this.#question !== question || now - question.at > this.#expiry) return
    assertSums(totals, report)
    this.#heardAt = question.at
    this.#failure = undefined
    // Alone it evens nothing.
    this.#host.rest(totals.members > 1)
    this.#change(() => {
      for (const connection of this.#member.decide(totals, now, report)) this.#host.shed(connection)
    })
  }

  #lose(): void {
    this.#host.rest(false)
    this.#change(() => this.#member.lost())
  }

  #change(step: () => void): void {
    const before = this.status
    step()
    const { status } = this
    if (status.state === before.state) return
    const isLost = status.state === 'unreachable'
    this.#host.tell(
      status,
      before,
      isLost ? `${this.#store.name}: ${this.#failure ?? 'no answer'}` : undefined,
    )
  }
}

/** Sums without the report that is among them are of another fleet, or of none. */
function assertSums({ load, weight, members }: FleetTotals, own: Report): void {
  const isWhole = load >= own.load * nearly && weight >= own.weight * nearly && members >= 1
  if (isWhole && Number.isFinite(load + weight)) return
  throw new Error(`its sums make no sense (load ${load}, weight ${weight}, members ${members})`)
}
