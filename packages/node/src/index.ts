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
  Fleet,
  FleetEvent,
  FleetMember,
  FleetState,
  FleetStatus,
  IdleCloseEvent,
  LateEvent,
  Limits,
  Listener,
  OpenEvent,
  OptionErrorCode,
  Options,
  Peer,
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
export { keyOf } from './connection/key.js'
export { retireSignal } from './connection/retire-signal.js'
export { createCounter } from './counter.js'
export { Keels } from './keels.js'
export { idleTimeoutBehind } from './options/idle-timeout-behind.js'
export type { HttpServer, RequestHead, ServerOptions } from './options/options.js'
export type { WarningCode } from './options/warn.js'
export { attach } from './server/attach.js'
export { channelNames, type Message } from './server/channels.js'
export type { Keel, KeelDrainOptions } from './server/keel.js'
export type { UpdateOptions } from './server/update.js'
export { type ShutdownLimits, type ShutdownOptions, shutdownDefaults } from './shutdown/options.js'
export { isReady, probe } from './shutdown/probe.js'
export { type Instance, shutdown } from './shutdown/shutdown.js'
