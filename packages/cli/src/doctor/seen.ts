import type { Protocol } from './channel/channel.js'
import type { Check } from './findings/finding.js'
import type { AgeSeen } from './probes/age.js'
import type { GoawaySeen } from './probes/goaway.js'
import type { IdleSeen } from './probes/idle.js'
import type { KeepAliveSeen } from './probes/keep-alive.js'
import type { PipelineSeen } from './probes/pipeline.js'
import type { Used } from './probes/requests.js'
import type { UploadSeen } from './probes/upload.js'

/** What each probe has seen of a server by one protocol. What is missing was not looked at, or not yet. */
export interface Seen {
  readonly protocol: Protocol
  readonly keepAlive: KeepAliveSeen
  idle?: IdleSeen
  requests?: readonly Used[]
  pipeline?: PipelineSeen
  goaway?: GoawaySeen
  uploads?: readonly UploadSeen[]
  age?: AgeSeen
  /** What could not be looked at, and why. */
  readonly failed: { readonly check: Check; readonly why: string }[]
}
