import { AsyncResource } from 'node:async_hooks'
import {
  type Clock,
  type Connection,
  cures,
  type FleetHost,
  type FleetMember,
  type FleetStatus,
  type Limits,
  type Membership,
  type Random,
} from '@evenkeel/core'
import { retire } from '../connection/retire.js'
import type { FleetPlace, Transport, Watch } from '../connection/watch.js'
import type { RequestHead } from '../options/options.js'
import { resting } from './resting.js'

type Listener = (connection: Connection<Transport>) => void

/** A fleet belongs to no request. */
const outside = new AsyncResource('evenkeel.fleet')

/** A server's place in its fleet: what the fleet sees of the server, and does there. */
export class Place implements FleetHost, FleetPlace {
  readonly #watch: Watch
  readonly #enforce: (limits: Limits<RequestHead>, alsoLooser: boolean) => void
  readonly #given: ReadonlySet<string>
  readonly #listeners = new Set<Listener>()
  readonly #warned = new Set<string>()
  #membership: Membership | undefined

  /**
   * @param given the names of the limits that the user has set: these never rest.
   * @param enforce puts other limits in force.
   */
  constructor(
    watch: Watch,
    given: ReadonlySet<string>,
    enforce: (limits: Limits<RequestHead>, alsoLooser: boolean) => void,
  ) {
    this.#watch = watch
    this.#given = given
    this.#enforce = enforce
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

  join(): void {
    this.#membership ??= outside.runInAsyncScope(() => this.#watch.limits.fleet.join(this))
  }

  leave(): void {
    const membership = this.#membership
    this.#membership = undefined
    membership?.leave()
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
    if (cure === undefined || this.#warned.has(state)) return
    this.#warned.add(state)
    process.emitWarning(`Fleet ${state}${detail === undefined ? '' : ` (${detail})`}: ${cure}.`, {
      code: `EVENKEEL_FLEET_${state.toUpperCase()}`,
    })
  }
}
