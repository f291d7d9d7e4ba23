import type { Store } from '@evenkeel/fleet'

type Totals = Awaited<ReturnType<Store['exchange']>>
type Report = Parameters<Store['exchange']>[2]

/** A store whose other members are what the test says. */
export class ScriptedStore implements Store {
  readonly name = 'scripted'
  /** What all others together have told. */
  others: Totals = { load: 0, weight: 0, members: 0 }
  /** What becomes of an exchange instead of an answer. */
  fault: (() => Promise<never>) | undefined
  readonly reports: Report[] = []
  readonly left: string[] = []
  aborted = 0
  closed = 0

  async exchange(
    _group: string,
    _id: string,
    report: Report,
    _expiry: number,
    signal: AbortSignal,
  ): Promise<Totals> {
    this.reports.push(report)
    signal.addEventListener('abort', () => this.aborted++)
    if (this.fault !== undefined) return this.fault()
    const { load, weight, members, isPartial = false } = this.others
    return { load: load + report.load, weight: weight + report.weight, members: members + 1, isPartial }
  }

  async leave(_group: string, id: string): Promise<void> {
    this.left.push(id)
  }

  async members(): Promise<ReadonlyMap<string, Report>> {
    return new Map()
  }

  async close(): Promise<void> {
    this.closed++
  }
}
