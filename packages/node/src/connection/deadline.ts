import type { Connection } from '@evenkeel/core'
import type { Purpose, Transport } from './watch.js'

/**
 * Does something with a connection at a time, to within a pass of the sweep, unless it has closed by then: instead of
 * what was to be done for the same purpose.
 */
export function setDeadline(
  connection: Connection<Transport>,
  purpose: Purpose,
  at: number,
  task: () => void,
): void {
  const { transport } = connection
  transport.deadlines ??= new Map()
  const { deadlines } = transport
  deadlines.get(purpose)?.()
  const cancel = transport.watch.deadlines.add(at, () => {
    if (deadlines.get(purpose) === cancel) deadlines.delete(purpose)
    task()
  })
  deadlines.set(purpose, cancel)
}

/** A closed connection must not be kept in memory by what was to be done with it. */
export function clearDeadlines({ transport }: Connection<Transport>): void {
  for (const cancel of transport.deadlines?.values() ?? []) cancel()
  delete transport.deadlines
}
