import type { FleetState } from '@evenkeel/node'

/** What a server tells when it is asked, and when its state has changed. */
export interface Told {
  /** Since it has started. */
  readonly requests: number
  readonly state?: FleetState
}

/** With the number of the server, from 0. */
export interface Message extends Told {
  readonly server: number
}

/** What servers are told: to tell, or how many there should be. */
export type Order = 'tell' | { readonly grow: number }
