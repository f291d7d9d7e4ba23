import { type Fleet, type MemberOptions, OptionError, show } from '@evenkeel/core'
import type { OpenFleet } from './load-fleet.js'
import { number, type Reader, readVariable, span, text } from './readers.js'
import { prefix, saidOf, variableOf } from './variable.js'

const address = `${prefix}FLEET`

const readers: { readonly [Name in keyof Required<MemberOptions> | 'group' | 'measure']: Reader } = {
  group: text,
  measure: text,
  weight: number,
  slowStart: span('from 0 up'),
  tolerance: number,
  window: span('above 0 and up'),
  // Half a second is a choice. A member that asks its store more than ten times in a second is none.
  interval: span('above 0 and up', 100),
}

type Name = keyof typeof readers

const optionOf: ReadonlyMap<string, Name> = new Map(
  (Object.keys(readers) as Name[]).map((name) => [variableOf(name, `${address}_`), name]),
)

/** The variables that {@link fleetFrom} reads. */
export const fleetVariables: readonly string[] = [address, ...optionOf.keys()]

/**
 * The fleet that variables describe.
 *
 * @param given some of {@link fleetVariables}.
 * @throws {@link OptionError} that names the variable.
 */
export function fleetFrom(given: ReadonlyMap<string, string>, load: () => OpenFleet): Fleet {
  const store = given.get(address)
  if (store === undefined) throw withoutStore(...([...given][0] as [string, string]))
  const options: Partial<Record<Name, unknown>> = {}
  for (const [variable, name] of optionOf) {
    const value = given.get(variable)
    if (value !== undefined) options[name] = readVariable(readers[name], variable, value)
  }
  const open = load()
  try {
    return open(store, options)
  } catch (error) {
    throw explained(error, given)
  }
}

function explained(error: unknown, given: ReadonlyMap<string, string>): unknown {
  if (!(error instanceof OptionError)) return error
  const variable = variableOf(error.option, `${address}_`)
  // The address can have a password in it, which the error does not show.
  if (!given.has(variable)) return saidOf(address, error.value, error)
  return saidOf(variable, given.get(variable), error, readers[error.option as Name].cure)
}

function withoutStore(variable: string, value: string): OptionError {
  return new OptionError(
    'ERR_EVENKEEL_OPTION_INVALID',
    variable,
    value,
    `${variable} is ${show(value)}, and ${address} is not set`,
    `set ${address} to redis://host:6379, rediss://host:6379 or cluster, or unset ${variable}`,
  )
}
