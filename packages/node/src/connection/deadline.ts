import type { Connection } from '@evenkeel/core'
import type { Purpose, Transport } from './watch.js'

/**
 * Does something with a connection at a time, to within a pass of the sweep, unless it has closed by then: instead of
 * what was to be done for the same purpose.
 */
export function later(
  connection: Connection<Transport>,
  purpose: Purpose,
  at: number,
  task: () => void,
): void {
  const { transport } = connection
  transport.pending ??= new Map()
  const { pending } = transport
  pending.get(purpose)?.()
  const cancel = transport.watch.agenda.add(at, () => {
    if (pending.get(purpose) === cancel) pending.delete(purpose)
    task()
  })
  pending.set(purpose, cancel)
}

/** A closed connection must not be kept in memory by what was to be done with it. */
export function cancelPending({ transport }: Connection<Transport>): void {
  for (const cancel of transport.pending?.values() ?? []) cancel()
  delete transport.pending
}
