import { OptionError, show } from './errors.js'
import { didYouMean } from './suggestion.js'

/** Checks one option's value and returns it, or throws an {@link OptionError} that says what to give instead. */
export type Parser<Value> = (value: unknown, option: string) => Value

/** One parser for every option: an option without one does not compile. */
export type Parsers<Parsed> = { readonly [Name in keyof Parsed]-?: Parser<Parsed[Name]> }

/**
 * Checks every option and fills in the defaults. `undefined` counts as not given. An option without a default is
 * required.
 *
 * @throws {@link OptionError} for an unknown name or a value that cannot be used.
 */
export function parse<Parsed extends object>(
  parsers: Parsers<Parsed>,
  defaults: Partial<Parsed>,
  options: object,
  example = '{ maxRequestsPerConnection: 200 }',
): Readonly<Parsed> {
  const form = `an object such as ${example}`
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw invalid('options', options, form)
  }
  const names = Object.keys(parsers)
  for (const [name, value] of Object.entries(options)) {
    if (names.includes(name)) continue
    // Somebody has given an application or a client, say.
    throw isPlain(options) ? unknown(name, value, names) : invalid('options', options, form)
  }
  const given: Partial<Parsed> = options
  const parsed: Partial<Parsed> = {}
  for (const name of names as (keyof Parsed & string)[]) {
    parsed[name] = parsers[name](given[name] === undefined ? defaults[name] : given[name], name)
  }
  return Object.freeze(parsed as Parsed)
}

function isPlain(options: object): boolean {
  const prototype = Object.getPrototypeOf(options)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** The error for a value that cannot be used. It says what to give instead. */
export function invalid(option: string, value: unknown, form: string): OptionError {
  return new OptionError(
    'ERR_EVENKEEL_OPTION_INVALID',
    option,
    value,
    `${option} is ${show(value)}`,
    `give ${form}`,
  )
}

/** The error for a value that is none of a list. */
export function unlisted(option: string, value: unknown, known: readonly string[]): OptionError {
  return new OptionError(
    'ERR_EVENKEEL_OPTION_INVALID',
    option,
    value,
    `${option} is ${show(value)}`,
    didYouMean(value, known, `give one of ${known.join(', ')}`),
  )
}

function unknown(option: string, value: unknown, known: readonly string[]): OptionError {
  return new OptionError(
    'ERR_EVENKEEL_OPTION_UNKNOWN',
    option,
    value,
    `${option} (${show(value)}) is not an option`,
    didYouMean(option, known, `remove it, or use one of ${known.join(', ')}`),
  )
}
