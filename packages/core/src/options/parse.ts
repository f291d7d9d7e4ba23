import { OptionError, show } from './errors.js'

/** Checks one option's value and returns it, or throws an {@link OptionError} that says what to give instead. */
export type Parser<Value> = (value: unknown, option: string) => Value

/** One parser for every option: an option without one does not compile. */
export type Parsers<Parsed> = { readonly [Name in keyof Parsed]-?: Parser<Parsed[Name]> }

/** The longest time a Node timer can wait: 2^31 - 1 milliseconds, nearly 25 days. */
const longestDuration = 2 ** 31 - 1

export const count: Parser<number> = (value, option) => {
  if (value === Infinity || (Number.isSafeInteger(value) && Number(value) >= 1)) return Number(value)
  throw invalid(option, value, 'a whole number of 1 or more, or Infinity for no limit')
}

export const duration: Parser<number> = (value, option) => {
  if (value === Infinity || (typeof value === 'number' && value > 0 && value <= longestDuration)) return value
  throw invalid(
    option,
    value,
    `a number of milliseconds above 0 and up to ${longestDuration}, or Infinity for no limit`,
  )
}

export const fraction: Parser<number> = (value, option) => {
  if (typeof value === 'number' && value >= 0 && value < 1) return value
  throw invalid(option, value, 'a number from 0 to below 1')
}

/** A number above 0. `Infinity` is refused. */
export const positive: Parser<number> = (value, option) => {
  if (typeof value === 'number' && value > 0 && value < Infinity) return value
  throw invalid(option, value, 'a number above 0')
}

/** A number that is at least `least`. `Infinity` is refused. */
export function atLeast(least: number): Parser<number> {
  return (value, option) => {
    if (typeof value === 'number' && value >= least && value < Infinity) return value
    throw invalid(option, value, `a number of ${least} or more`)
  }
}

/** A share: above 0 and up to 1. */
export const share: Parser<number> = (value, option) => {
  if (typeof value === 'number' && value > 0 && value <= 1) return value
  throw invalid(option, value, 'a number above 0 and up to 1')
}

/** A duration above 0. `Infinity` is refused. */
export const window: Parser<number> = (value, option) => {
  if (typeof value === 'number' && value > 0 && value <= longestDuration) return value
  throw invalid(option, value, `a number of milliseconds above 0 and up to ${longestDuration}`)
}

/** A duration of 0 or more. `Infinity` is refused. */
export const delay: Parser<number> = (value, option) => {
  if (typeof value === 'number' && value >= 0 && value <= longestDuration) return value
  throw invalid(option, value, `a number of milliseconds from 0 to ${longestDuration}`)
}

/** A duration of 0 or more, or `Infinity`. */
export const grace: Parser<number> = (value, option) => {
  if (value === Infinity || (typeof value === 'number' && value >= 0 && value <= longestDuration))
    return value
  throw invalid(
    option,
    value,
    `a number of milliseconds from 0 to ${longestDuration}, or Infinity to wait without end`,
  )
}

export const flag: Parser<boolean> = (value, option) => {
  if (typeof value === 'boolean') return value
  throw invalid(option, value, 'true or false')
}

export function callable<Value>(signature: string): Parser<Value> {
  return (value, option) => {
    if (typeof value === 'function') return value as Value
    throw invalid(option, value, `a function ${signature}`)
  }
}

export function objectWith<Value>(method: string, meaning: string): Parser<Value> {
  return (value, option) => {
    if (typeof value === 'object' && value !== null && typeof Reflect.get(value, method) === 'function') {
      return value as Value
    }
    throw invalid(option, value, `an object whose method ${method}() ${meaning}`)
  }
}

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
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw invalid('options', options, `an object such as ${example}`)
  }
  const names = Object.keys(parsers)
  for (const [name, value] of Object.entries(options)) {
    if (!names.includes(name)) throw unknown(name, value, names)
  }
  const given: Partial<Parsed> = options
  const parsed: Partial<Parsed> = {}
  for (const name of names as (keyof Parsed & string)[]) {
    parsed[name] = parsers[name](given[name] === undefined ? defaults[name] : given[name], name)
  }
  return Object.freeze(parsed as Parsed)
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

function unknown(option: string, value: unknown, known: readonly string[]): OptionError {
  return new OptionError(
    'ERR_EVENKEEL_OPTION_UNKNOWN',
    option,
    value,
    `${option} (${show(value)}) is not an option`,
    `remove it, or use one of ${known.join(', ')}`,
  )
}
