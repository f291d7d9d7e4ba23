import type { Keel } from '@evenkeel/node'
import type { SharedStep } from './step.js'

/** Plays Even Keel's own steps at one server, and looks into its books. */
export class Steering {
  readonly #keel: Keel
  readonly #within: number
  readonly #drains = new AbortController()
  #isDetached = false

  /** @param within the window of its drains, in milliseconds. */
  constructor(keel: Keel, within: number) {
    this.#keel = keel
    this.#within = within
  }

  steer(step: SharedStep): void {
    const keel = this.#keel
    if (step.kind === 'retire') for (const { key } of [...keel.connections()]) keel.retire(key)
    else if (step.kind === 'drain')
      keel.drain({ within: this.#within, signal: this.#drains.signal }).catch(() => {})
    else if (step.kind === 'update' && !this.#isDetached)
      keel.update({ maxRequestsPerConnection: step.requests })
    else if (step.kind === 'detach') {
      keel.detach()
      this.#isDetached = true
    }
  }

  /** What is wrong in the books when every connection has gone. */
  books(): string[] {
    const { connections, totals } = this.#keel.snapshot()
    const wrong = connections.total === 0 ? [] : [`connections.total is ${connections.total}`]
    if (!this.#isDetached && totals.opened !== totals.closed)
      wrong.push(`${totals.opened} opened, ${totals.closed} closed`)
    return wrong
  }

  /** Stops its drains. */
  stop(): void {
    this.#drains.abort()
  }
}
