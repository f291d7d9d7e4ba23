import type { FleetTotals, Report } from '@evenkeel/core'

/** The sums over all members that have reported. */
export interface Answer extends FleetTotals {
  /**
   * Whether there may be members that could not report yet, because the store has just lost what it knew. Nobody can be
   * told then what a fair share is.
   */
  readonly isPartial?: boolean
}

/** Where the members of a fleet meet. Several groups can share one, and a group several processes. */
export interface Store {
  /** What it is called in messages: `redis://…`, `cluster`. */
  readonly name: string
  /**
   * Puts a member's report in the place of its last one, drops the members that have reported nothing for `expiry`
   * milliseconds, and returns the sums over the others, this one among them.
   *
   * @param signal is aborted when nobody waits for the answer any more.
   */
  exchange(group: string, id: string, report: Report, expiry: number, signal: AbortSignal): Promise<Answer>
  /** The member is gone. */
  leave(group: string, id: string): Promise<void>
  /** Every member's last report. */
  members(group: string): Promise<ReadonlyMap<string, Report>>
  /** Nobody uses it for now. It opens again with the next call. */
  close(): Promise<void>
}
