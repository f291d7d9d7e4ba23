export type {
  Bucket,
  Clock,
  CloseEvent,
  ConnectionInfo,
  Counter,
  CounterOptions,
  DistributionSnapshot,
  DrainOptions,
  DrainReport,
  Event,
  Limits,
  Listener,
  OpenEvent,
  OptionErrorCode,
  Options,
  Random,
  Reason,
  RefuseEvent,
  RetireEvent,
  Side,
  Snapshot,
  State,
  Totals,
} from '@evenkeel/core'
export { defaults, OptionError, reasons } from '@evenkeel/core'
export { attach } from './attach.js'
export { createCounter } from './counter.js'
export type { ShutdownOptions } from './drain/options.js'
export { isReady, probe } from './drain/probe.js'
export { type Instance, shutdown } from './drain/shutdown.js'
export type { Keel, KeelDrainOptions } from './keel.js'
export { Keels } from './keels.js'
export { keyOf } from './key.js'
export type { HttpServer, RequestHead, ServerOptions } from './options.js'
export { idleTimeoutBehind, type Peer } from './peers.js'
export { retireSignal } from './signal.js'
