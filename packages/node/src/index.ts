export type {
  Bucket,
  Clock,
  CloseEvent,
  ConnectionEvent,
  ConnectionInfo,
  Counter,
  CounterOptions,
  DestroyEvent,
  DistributionSnapshot,
  DrainEvent,
  DrainedEvent,
  DrainOptions,
  DrainReport,
  Event,
  EventOf,
  EvictEvent,
  IdleCloseEvent,
  LateEvent,
  Limits,
  Listener,
  OpenEvent,
  OptionErrorCode,
  Options,
  Protocol,
  Random,
  Reason,
  RefuseEvent,
  RetireEvent,
  ServerEvent,
  Side,
  Snapshot,
  State,
  Totals,
  UpdateEvent,
} from '@evenkeel/core'
export { defaults, OptionError, reasons } from '@evenkeel/core'
export { attach } from './attach.js'
export { channelNames, type Message } from './channels.js'
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
export type { UpdateOptions } from './update.js'
