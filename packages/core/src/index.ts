export { Agenda } from './agenda.js'
export type { Clock, Environment, Random } from './clock.js'
export {
  type Connection,
  type ConnectionInfo,
  describe,
  type Side,
  type State,
  stateOf,
  states,
} from './connection.js'
export { type Counter, type CounterOptions, createCounter } from './counter.js'
export type { Totals } from './counters.js'
export type { Bucket, DistributionSnapshot } from './distribution.js'
export { OptionError, type OptionErrorCode, show } from './errors.js'
export type {
  CloseEvent,
  Event,
  EventOf,
  Listener,
  OpenEvent,
  ReportError,
  RetireEvent,
} from './events.js'
export { connectionDefaults, defaults, type Limits, type Options, parseOptions } from './options.js'
export { decide } from './policy.js'
export { type Reason, reasons } from './reason.js'
export type { Snapshot } from './snapshot.js'
export { Tracker, type TrackerOptions } from './tracker.js'
