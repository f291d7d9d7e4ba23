import type { Environment } from '../options/clock.js'
import type { Connection } from '../table/connection.js'
import type { Report } from './share.js'
import type { FleetStatus } from './status.js'

/** A fleet that servers can join: what the option `fleet` takes. `createFleet` of `@evenkeel/fleet` makes one. */
export interface Fleet {
  /** A server joins it. Nobody joins where there is no fleet. */
  join(host: FleetHost): Membership | undefined
}

/** What a fleet sees of a server, and what it may do there. */
export interface FleetHost extends Environment {
  /** When the server first joined, by its clock: from then on its code has been warming up. */
  readonly since: number
  /** Whether a dry run is on: what is shed stays. */
  readonly isRehearsal: boolean
  /** The open connections. */
  connections(): Iterable<Connection>
  /** Calls the listener with each connection that opens from now on. Returns what ends it. */
  onOpen(listener: (connection: Connection) => void): () => void
  /** Retires a connection for the reason `fleet`. */
  shed(connection: Connection): void
  /** The fleet is known, or is not any more: limits that nobody has set rest meanwhile. */
  rest(isResting: boolean): void
  /** Its state has changed. */
  tell(status: FleetStatus, before: FleetStatus, detail: string | undefined): void
}

/** A server's place in a fleet. */
export interface Membership {
  readonly status: FleetStatus
  /** Every member, with what it reported last. */
  members(): Promise<readonly FleetMember[]>
  /** Leaves at once. Never rejects. */
  leave(): Promise<void>
}

/** What a member reported last. */
export interface FleetMember extends Report {
  /** Host, process and a random part. */
  readonly id: string
  /** Whether it is the one that asks. */
  readonly isOwn: boolean
}
