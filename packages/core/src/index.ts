export { Agenda } from './agenda.js'
export type { Clock, Environment, Random } from './clock.js'
export {
  Connection,
  type ConnectionInfo,
  isEnding,
  isIdle,
  openStates,
  type Protocol,
  type Side,
  type State,
  sides,
  stateOf,
  states,
} from './connection.js'
export { type Counter, type CounterOptions, createCounter } from './counter.js'
export { causes, enders, type Totals } from './counters.js'
export { type Departure, hasten, isAsleep, sample, spread } from './departures.js'
export { type Bucket, type DistributionSnapshot, isBound } from './distribution.js'
export {
  addReports,
  type DrainLimits,
  type DrainOptions,
  type DrainReport,
  drainDefaults,
  drainParsers,
  parseDrainOptions,
} from './drain.js'
export { OptionError, type OptionErrorCode, show } from './errors.js'
export type {
  CloseEvent,
  ConnectionEvent,
  DestroyEvent,
  DrainEvent,
  DrainedEvent,
  Event,
  EventOf,
  EvictEvent,
  IdleCloseEvent,
  LateEvent,
  OpenEvent,
  RefuseEvent,
  RetireEvent,
  ServerEvent,
  UpdateEvent,
} from './event.js'
export type { Listener, Outlet, ReportError } from './events.js'
export {
  connectionDefaults,
  defaults,
  type Limits,
  type Options,
  parseOptions,
  parseUpdate,
} from './options.js'
export { delay, invalid, type Parsers, parse } from './parse.js'
export { decide, shortage } from './policy.js'
export { type Reason, reasons } from './reason.js'
export type { Snapshot } from './snapshot.js'
export { leadsTo, type Next, type Stage, stages } from './stage.js'
export { Tracker, type TrackerOptions } from './tracker.js'
