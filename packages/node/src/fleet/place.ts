import { AsyncResource } from 'node:async_hooks'
import {
  type Clock,
  type Connection,
  cures,
  type Fleet,
  type FleetHost,
  type FleetMember,
  type FleetState,
  type FleetStatus,
  type Limits,
  type Membership,
  type Random,
} from '@evenkeel/core'
import { retire } from '../connection/retire.js'
import type { FleetPlace, Transport, Watch } from '../connection/watch.js'
import type { RequestHead, ServerOptions } from '../options/options.js'
import { reportError } from '../options/system.js'
import { type WarningCode, warn } from '../options/warn.js'
import { resting } from './resting.js'

type Listener = (connection: Connection<Transport>) => void

/** A fleet belongs to no request. */
const outside = new AsyncResource('evenkeel.fleet')

/** Which states are warned of: those that have a cure. */
const codes: { readonly [State in FleetState]?: WarningCode } = {
  elephant: 'EVENKEEL_FLEET_ELEPHANT',
  sticky: 'EVENKEEL_FLEET_STICKY',
  alone: 'EVENKEEL_FLEET_ALONE',
  unreachable: 'EVENKEEL_FLEET_UNREACHABLE',
}

/** The states that were warned of. Servers that are one member share a fleet, and so does what there is to say. */
const warned = new WeakMap<Fleet, Set<FleetState>>()

/** A server's place in its fleet: what the fleet sees of the server, and does there. */
export class Place implements FleetHost, FleetPlace {
  readonly #watch: Watch
  readonly #enforce: (limits: Limits<RequestHead>, alsoLooser: boolean) => void
  readonly #given = new Set<string>()
  readonly #isListening: () => boolean
  readonly #listeners = new Set<Listener>()
  #membership: Membership | undefined
  #since: number | undefined
  #isOver = false

  /**
   * @param given what the user has set: these limits never rest.
   * @param enforce puts other limits in force.
   * @param isListening whether the server takes connections.
   */
  constructor(
    watch: Watch,
    given: ServerOptions,
    enforce: (limits: Limits<RequestHead>, alsoLooser: boolean) => void,
    isListening: () => boolean,
  ) {
    this.#watch = watch
    this.keep(given)
    this.#enforce = enforce
    this.#isListening = isListening
  }

  get clock(): Clock {
    return this.#watch.limits.clock
  }

  get random(): Random {
    return this.#watch.limits.random
  }

  get status(): FleetStatus | undefined {
    return this.#membership?.status
  }

  members(): Promise<readonly FleetMember[]> {
    return this.#membership?.members() ?? Promise.resolve([])
  }

  get since(): number {
    this.#since ??= this.clock.now()
    return this.#since
  }

  /** Options know of it only that it can be joined. */
  get #fleet(): Fleet {
    return this.#watch.limits.fleet as Fleet
  }

  get isRehearsal(): boolean {
    return this.#watch.tracker.dryRun
  }

  /** Nothing comes to a server that does not listen. As a member it would lower the fair share of the others. */
  join(): void {
    if (this.#isOver || !this.#isListening()) return
    this.#membership ??= outside.runInAsyncScope(() => this.#fleet.join(this))
  }

  leave(): void {
    const membership = this.#membership
    this.#membership = undefined
    void membership?.leave().catch(reportError)
  }

  /** The server is detached: it leaves, and does not come back. */
  end(): void {
    this.#isOver = true
    this.leave()
  }

  /** The limits that were to be in force if none rested. */
  get awake(): Limits<RequestHead> {
    return resting(this.#watch.limits, this.#given, false) ?? this.#watch.limits
  }

  /** The user has set these too, and they are in force: they rest no more. */
  keep(options: ServerOptions): void {
    for (const name of namesOf(options)) this.#given.add(name)
  }

  /** The user has set these too, as they are where nothing rests: they are put in force. */
  wake(options: ServerOptions): void {
    if (namesOf(options).every((name) => this.#given.has(name))) return
    const { awake } = this
    this.keep(options)
    const isResting = awake !== this.#watch.limits
    if (isResting) this.#enforce(resting(awake, this.#given, true) ?? awake, false)
  }

  opened(connection: Connection<Transport>): void {
    for (const listener of this.#listeners) listener(connection)
  }

  connections(): Iterable<Connection<Transport>> {
    return this.#watch.tracker
  }

  onOpen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  shed(connection: Connection): void {
    retire(connection as Connection<Transport>, 'fleet', this.clock.now())
  }

  rest(isResting: boolean): void {
    const limits = resting(this.#watch.limits, this.#given, isResting)
    if (limits !== undefined) this.#enforce(limits, isResting)
  }

  tell(status: FleetStatus, before: FleetStatus, detail: string | undefined): void {
    this.#watch.tracker.fleet(status, before)
    const { state } = status
    const cure = cures[state]
    const code = codes[state]
    if (cure === undefined || code === undefined || !this.#isNew(state)) return
    warn(`Fleet ${state}${detail === undefined ? '' : ` (${detail})`}: ${cure}.`, code)
  }

  #isNew(state: FleetState): boolean {
    const states = warned.get(this.#fleet) ?? new Set()
    if (states.has(state)) return false
    warned.set(this.#fleet, states.add(state))
    return true
  }
}

/** The options that are given. */
function namesOf(options: ServerOptions): string[] {
  return Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [name]))
}
