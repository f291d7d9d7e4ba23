import { type Limits, OptionError, show } from '@evenkeel/core'
import type { RequestHead, ServerOptions } from '../options/options.js'
import { warn } from '../options/warn.js'

type ServerLimits = Limits<RequestHead>

/** The limits of a server that is attached already. */
export interface Present {
  /** The limits that it was attached with. */
  readonly given: ServerLimits
  /** The same, unless an update has changed it. */
  readonly inForce: ServerLimits
}

/**
 * An error for the first option that is neither as it was given nor as it is in force. Options that the caller has
 * set come before defaults.
 */
export function conflictWith(
  { given, inForce }: Present,
  wanted: ServerLimits,
  options: ServerOptions,
): OptionError | undefined {
  const names = new Set([...Object.keys(options), ...Object.keys(given)] as (keyof ServerLimits)[])
  for (const name of names) {
    const value = wanted[name]
    if (Object.is(given[name], value) || Object.is(inForce[name], value)) continue
    return new OptionError(
      'ERR_EVENKEEL_OPTIONS_CONFLICT',
      name,
      value,
      fault(name, value, given[name], inForce[name]),
      'attach it once, or with the same options (functions kept in a constant) each time',
    )
  }
  return undefined
}

function fault(name: string, wanted: unknown, given: unknown, inForce: unknown): string {
  if (typeof wanted === 'function') return `${name} is another function than the one that ${attached}`
  if (typeof wanted === 'object') return `${name} is another object than the one that ${attached}`
  const since = Object.is(given, inForce) ? '' : `, updated to ${show(inForce)} since`
  return `${name} is ${show(wanted)}, but ${attached} ${show(given)}${since}`
}

const attached = 'this server is attached with'

/** At start a conflict stops the program. */
export function refuse(conflict: OptionError): never {
  throw conflict
}

/** While requests come, a conflict must fail none of them. */
export function warnOfConflict({ message }: OptionError): void {
  warn(`Options are ignored, those that came first stay in force: ${message}.`, 'EVENKEEL_OPTIONS_CONFLICT')
}
