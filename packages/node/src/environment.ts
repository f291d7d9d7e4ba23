import { OptionError, parseOptions, show } from '@evenkeel/core'
import ms, { type StringValue } from 'ms'
import type { ServerOptions } from './options.js'
import { system } from './system.js'

/** What the text of a variable stands for. What it cannot read it returns as it is, to be refused by name. */
type Reader = (text: string) => unknown

const number: Reader = (text) => (text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text))

/** Milliseconds, or a number with a unit: `65s`, `5m`. */
const duration: Reader = (text) => {
  const plain = number(text)
  return typeof plain === 'number' ? plain : (ms(text as StringValue) ?? text)
}

const flag: Reader = (text) => (text === 'true' ? true : text === 'false' ? false : text)

/** Paths, separated by commas: a request for one of them, whatever its query, is exempt. */
const paths: Reader = (text) => {
  const exempt = new Set(text.split(',').map((path) => path.trim()))
  return ({ url = '' }: { url?: string }) => exempt.has(url.split('?', 1)[0] ?? '')
}

const readers: { readonly [Name in keyof Omit<Required<ServerOptions>, 'clock' | 'random'>]: Reader } = {
  maxRequestsPerConnection: number,
  maxConnectionAge: duration,
  maxConnectionAgeGrace: duration,
  jitter: number,
  idleTimeout: duration,
  tuneTimeouts: flag,
  exempt: paths,
}

const prefix = 'EVENKEEL_'

/** The options that the variables of an environment express: `EVENKEEL_MAX_REQUESTS_PER_CONNECTION`, and so on. */
const optionOf: ReadonlyMap<string, keyof typeof readers> = new Map(
  (Object.keys(readers) as (keyof typeof readers)[]).map((name) => [
    prefix + name.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase(),
    name,
  ]),
)

/** The variables that {@link optionsFrom} reads. */
export const variables: readonly string[] = [...optionOf.keys()]

/**
 * Reads options from `EVENKEEL_*` variables. An empty variable counts as not set.
 *
 * @throws {@link OptionError} that names the variable, for a value that cannot be used and for a variable that
 *   is none of ours.
 */
export function optionsFrom(environment: Readonly<Record<string, string | undefined>>): ServerOptions {
  const options: Record<string, unknown> = {}
  for (const [variable, text = ''] of Object.entries(environment)) {
    if (!variable.startsWith(prefix) || text === '') continue
    const name = optionOf.get(variable)
    if (name === undefined) throw unknownVariable(variable, text)
    const value = readers[name](text)
    assertUsable(name, value, variable, text)
    options[name] = value
  }
  return options
}

function assertUsable(name: string, value: unknown, variable: string, text: string): void {
  try {
    parseOptions({ [name]: value }, system)
  } catch (error) {
    if (!(error instanceof OptionError)) throw error
    throw new OptionError(error.code, variable, text, `${variable} is ${show(text)}`, error.cure)
  }
}

function unknownVariable(variable: string, text: string): OptionError {
  return new OptionError(
    'ERR_EVENKEEL_OPTION_UNKNOWN',
    variable,
    text,
    `${variable} (${show(text)}) is not a variable of Even Keel`,
    `unset it, or use one of ${variables.join(', ')}`,
  )
}
