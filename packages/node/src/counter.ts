import {
  type Counter,
  type CounterOptions,
  createCounter as createCoreCounter,
  type Environment,
} from '@evenkeel/core'
import { reportError, system } from './options/system.js'

/**
 * A counter without sockets, for a server that Even Keel cannot attach to. It uses this process's clock.
 * `counter.hit(key)` tells whether a request is its connection's last, and why.
 *
 * @throws {@link OptionError} for an unknown name or a value that cannot be used.
 */
export function createCounter(options: CounterOptions & Partial<Environment> = {}): Counter {
  const isObject = typeof options === 'object' && options !== null && !Array.isArray(options)
  // What is no object is refused by the core, as what it is.
  const complete = isObject ? { ...system, ...options } : (options as unknown as Environment)
  return createCoreCounter(complete, reportError)
}
