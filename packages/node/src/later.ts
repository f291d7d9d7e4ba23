import type { Connection } from '@evenkeel/core'
import type { Transport } from './watch.js'

/** Does something with a connection at a time, to within a pass of the sweep, unless it has closed by then. */
export function later(connection: Connection<Transport>, at: number, task: () => void): void {
  const { transport } = connection
  const cancel = transport.watch.agenda.add(at, () => {
    transport.pending?.delete(cancel)
    task()
  })
  transport.pending ??= new Set()
  transport.pending.add(cancel)
}

/** A closed connection must not be kept in memory by what was to be done with it. */
export function cancelPending({ transport }: Connection<Transport>): void {
  for (const cancel of transport.pending ?? []) cancel()
  transport.pending = undefined
}
