import type { Instrument } from './instrument.js'
import type { Group } from './source.js'
import { type Tallied, Tally } from './tally.js'

/** What the keels of one group show. */
export interface Scraped {
  readonly server: string | undefined
  readonly tallied: Tallied
}

/** Reads every keel once for all instruments that are asked for in one turn, so that their numbers agree. */
export class Scrape {
  readonly #tallies: readonly { readonly server: string | undefined; readonly tally: Tally }[]
  #scraped: readonly Scraped[] | undefined

  constructor(instruments: readonly Instrument[], groups: readonly Group[]) {
    this.#tallies = groups.map(({ server, keels }) => ({ server, tally: new Tally(instruments, keels) }))
  }

  take(): readonly Scraped[] {
    if (this.#scraped === undefined) {
      this.#scraped = this.#tallies.map(({ server, tally }) => ({ server, tallied: tally.take() }))
      queueMicrotask(() => {
        this.#scraped = undefined
      })
    }
    return this.#scraped
  }
}
