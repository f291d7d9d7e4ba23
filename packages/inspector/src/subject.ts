import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { invalid } from '@evenkeel/core'
import type { Keel } from '@evenkeel/node'
import { History } from './history.js'

/** A keel, or what gives it once there is one. */
export type Source = Keel | (() => Keel | undefined)

/** A keel that is looked at, and what was collected from it. */
export interface Observed {
  readonly keel: Keel
  readonly history: History
}

const opens = 'evenkeel:connection:open'

/** Finds the keel and collects its history, from the moment on that there is one. */
export class Subject {
  readonly #source: () => Keel | undefined
  #observed: Observed | undefined

  /** @throws {@link OptionError} for what is no keel. */
  constructor(source: Source) {
    this.#source = sourceOf(source)
    assertKeel(this.#source())
    if (this.observed() !== undefined) return
    // A server whose middleware learns of it with its first request: the connection of that request tells.
    const wait = (): void => {
      if (this.observed() !== undefined) unsubscribe(opens, wait)
    }
    subscribe(opens, wait)
  }

  /** What is looked at now: the source may come to another keel when its server listens again. */
  observed(): Observed | undefined {
    const keel = this.#keel()
    if (keel === this.#observed?.keel) return this.#observed
    this.#observed?.history.end()
    this.#observed = keel === undefined ? undefined : { keel, history: new History(keel) }
    return this.#observed
  }

  /** This is asked by a timer, where an error would end the process: what fails later is no keel. */
  #keel(): Keel | undefined {
    try {
      const keel = this.#source()
      return isKeel(keel) ? keel : undefined
    } catch {
      return undefined
    }
  }
}

function sourceOf(source: Source): () => Keel | undefined {
  if (typeof source === 'function') {
    if (!('keel' in source)) return source
    throw invalid('keel', source, 'the function () => middleware.keel, not the middleware itself')
  }
  if (isKeel(source)) return () => source
  throw invalid('keel', source, forms)
}

const forms = 'what attach() returns, app.evenkeel (Fastify) or () => middleware.keel (Express, Koa)'

function assertKeel(value: unknown): void {
  if (value !== undefined && !isKeel(value)) throw invalid('keel', value, forms)
}

function isKeel(value: unknown): value is Keel {
  return typeof value === 'object' && value !== null && 'snapshot' in value && 'connections' in value
}
