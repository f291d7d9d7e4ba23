import type { Connection } from '@evenkeel/core'
import type { Purpose, Transport } from './watch.js'

/**
 * Runs a task at a time, to within a pass of the sweep, unless the connection has closed by then. It replaces an
 * earlier task for the same purpose.
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

/** Cancels a connection's tasks. They would keep a closed connection in memory. */
export function clearDeadlines({ transport }: Connection<Transport>): void {
  for (const cancel of transport.deadlines?.values() ?? []) cancel()
  delete transport.deadlines
}
