import { meant, OptionError, parseOptions, show } from '@evenkeel/core'
import { fleetFrom, fleetVariables } from './fleet-environment.js'
import { loadFleet } from './load-fleet.js'
import type { ServerOptions } from './options.js'
import { duration, flag, moment, number, paths, type Reader, readVariable } from './readers.js'
import { system } from './system.js'
import { prefix, saidOf, variableOf } from './variable.js'

const readers: {
  readonly [Name in keyof Omit<Required<ServerOptions>, 'clock' | 'random' | 'fleet'>]: Reader
} = {
  maxRequestsPerConnection: number,
  maxConnectionAge: duration,
  maxConnectionAgeGrace: duration,
  maxConnections: number,
  fairEviction: flag,
  quietGuard: moment,
  jitter: number,
  idleTimeout: duration,
  tuneTimeouts: flag,
  dryRun: flag,
  exempt: paths,
}

/** Kubernetes gives every container such variables for a service whose name begins with our prefix. */
const serviceVariable = /_(SERVICE_HOST|SERVICE_PORT|PORT)(_|$)/

/** The options that the variables of an environment express: `EVENKEEL_MAX_REQUESTS_PER_CONNECTION`, and so on. */
const optionOf: ReadonlyMap<string, keyof typeof readers> = new Map(
  (Object.keys(readers) as (keyof typeof readers)[]).map((name) => [variableOf(name), name]),
)

/** The variables that {@link optionsFrom} reads. */
export const variables: readonly string[] = [...optionOf.keys(), ...fleetVariables]

/**
 * Reads options from `EVENKEEL_*` variables. An empty variable counts as not set.
 *
 * @param load brings what opens a fleet. It is called only where a variable asks for one.
 * @throws {@link OptionError} that names the variable, for a value that cannot be used and for a variable that
 *   is none of ours.
 */
export function optionsFrom(
  environment: Readonly<Record<string, string | undefined>>,
  load: typeof loadFleet = loadFleet,
): ServerOptions {
  const options: Record<string, unknown> = {}
  const ofFleet = new Map<string, string>()
  for (const [variable, text = ''] of Object.entries(environment)) {
    if (!variable.startsWith(prefix) || text === '' || serviceVariable.test(variable)) continue
    const name = optionOf.get(variable)
    if (name !== undefined) options[name] = optionIn(name, variable, text)
    else if (fleetVariables.includes(variable)) ofFleet.set(variable, text)
    else throw unknownVariable(variable, text)
  }
  return ofFleet.size === 0 ? options : { ...options, fleet: fleetFrom(ofFleet, load) }
}

function optionIn(name: keyof typeof readers, variable: string, text: string): unknown {
  const value = readVariable(readers[name], variable, text)
  try {
    parseOptions({ [name]: value }, system)
    return value
  } catch (error) {
    throw saidOf(variable, text, error, readers[name].cure)
  }
}

function unknownVariable(variable: string, text: string): OptionError {
  // It may have been meant for the address of a store, with a password in it.
  const shown = text.replace(/\/\/.*@/s, '//***@')
  return new OptionError(
    'ERR_EVENKEEL_OPTION_UNKNOWN',
    variable,
    shown,
    `${variable} (${show(shown)}) is not a variable of Even Keel`,
    cureFor(variable),
  )
}

/** What all variables begin with says nothing of which one is meant. */
function cureFor(variable: string): string {
  const known = variables.map((name) => name.slice(prefix.length))
  const name = meant(variable.slice(prefix.length), known)
  return name === undefined
    ? `unset it, or use one of ${variables.join(', ')}`
    : `did you mean ${prefix}${name}?`
}
