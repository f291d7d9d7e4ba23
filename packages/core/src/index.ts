export {
  type Counter,
  type CounterLimits,
  type CounterOptions,
  counterDefaults,
  createCounter,
} from './counter.js'
export { Deadlines } from './deadlines.js'
export { type Departure, hasten, isAsleep, sample, spread } from './drain/departures.js'
export {
  addReports,
  type DrainLimits,
  type DrainOptions,
  type DrainReport,
  drainDefaults,
  drainParsers,
  parseDrainOptions,
} from './drain/drain.js'
export type {
  Fleet,
  FleetHost,
  FleetMember,
  Membership,
} from './fleet/fleet.js'
export { Member } from './fleet/member.js'
export {
  type MemberLimits,
  type MemberOptions,
  memberDefaults,
  memberParsers,
  parseMemberOptions,
  patience,
} from './fleet/options.js'
export type { Report, Totals as FleetTotals } from './fleet/share.js'
export { cures, type FleetState, type FleetStatus, fleetStates } from './fleet/status.js'
export type { Clock, Environment, Random } from './options/clock.js'
export { OptionError, type OptionErrorCode, show } from './options/errors.js'
export {
  atRest,
  connectionDefaults,
  defaults,
  type Limits,
  type Options,
  parseOptions,
  parseUpdate,
} from './options/options.js'
export { invalid, type Parsers, parse, unlisted } from './options/parse.js'
export { delay, notNumber } from './options/parsers.js'
export { forgetful, idleBehind, type Peer, peers } from './options/peers.js'
export { didYouMean, meant } from './options/suggestion.js'
export { causes, enders, type Totals } from './report/counters.js'
export { type Bucket, type DistributionSnapshot, isBound } from './report/distribution.js'
export type {
  CloseEvent,
  ConnectionEvent,
  DestroyEvent,
  DrainEvent,
  DrainedEvent,
  Event,
  EventOf,
  EvictEvent,
  FleetEvent,
  IdleCloseEvent,
  LateEvent,
  OpenEvent,
  RefuseEvent,
  RetireEvent,
  ServerEvent,
  UpdateEvent,
} from './report/event.js'
export type { Listener, Outlet, ReportError } from './report/events.js'
export type { Snapshot } from './report/snapshot.js'
export {
  Connection,
  type ConnectionInfo,
  openStates,
  type Protocol,
  type Side,
  type State,
  sides,
  states,
} from './table/connection.js'
export { decide, shortage } from './table/policy.js'
export { type Reason, reasons } from './table/reason.js'
export { leadsTo, type Next, type Stage, stages } from './table/stage.js'
export { Tracker, type TrackerOptions } from './tracker.js'
