/**
 * What a member makes of its fleet.
 *
 * - `joining`: it has not heard of the fleet yet.
 * - `even`: its load is its fair share, or not above it by more than chance and tolerance.
 * - `shedding`: it sheds its surplus.
 * - `elephant`: it has a surplus, and a connection carries more than a fair share, or each in use more than the surplus.
 * - `sticky`: what it sheds comes back; it stops, and tries again now and then.
 * - `alone`: it has been the only member for minutes.
 * - `unreachable`: the store has not answered for three intervals.
 */
export const fleetStates = [
  'joining',
  'even',
  'shedding',
  'elephant',
  'sticky',
  'alone',
  'unreachable',
] as const

export type FleetState = (typeof fleetStates)[number]

/** What stands in the way of an even load, and what helps. */
export const cures: { readonly [State in FleetState]?: string } = {
  elephant:
    'a single connection carries more than the surplus or a fair share, so moving it would only move the hot spot: have its client open more connections',
  sticky:
    'connections that were shed come back to the same server: choose another balancing method (random, round robin) in front, not least connections, without session affinity or hashing of addresses, and check that no other service uses the same group',
  alone: 'no other server has reported for minutes: check that all have the same store and the same group',
  unreachable:
    'the store of the fleet does not answer, so the usual limits are in force: check its address and whether it is up',
}

/** A member and its fleet at one moment. Loads are requests per second, or utilization where that is measured. */
export interface FleetStatus {
  /** What the member makes of its fleet. */
  readonly state: FleetState
  /** How many members there are, with this one. */
  readonly members: number
  /** The load of this member. */
  readonly load: number
  /** The load of all members. */
  readonly total: number
  /** The part of the total that is this member's by its weight. */
  readonly fair: number
  /** How much its load is above the fair share; below 0 it has room. */
  readonly surplus: number
  /** How much of the load it should have, beside the weights of the others. */
  readonly weight: number
  /** Connections that this member has shed since it joined. */
  readonly shed: number
  /** How many of these came back, by chance or not, as far as that can be seen. */
  readonly returned: number
}
