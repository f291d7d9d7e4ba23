import type { Connection, FleetStatus, FleetTotals, Report } from '@evenkeel/core'

/** What decides for a server which connections leave: `Member`, or something to compare it with. */
export interface Rule<Transport> {
  readonly status: FleetStatus | undefined
  opened(connection: Connection<Transport>, now: number): void
  measure(now: number): Report
  decide(totals: FleetTotals, now: number): readonly Connection<Transport>[]
  lost(): void
}
