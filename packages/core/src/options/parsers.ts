import type { OptionError } from './errors.js'
import { invalid, type Parser } from './parse.js'

/** The longest time a Node timer can wait: 2^31 - 1 milliseconds, nearly 25 days. */
const longestDuration = 2 ** 31 - 1

export const count: Parser<number> = (value, option) => {
  if (value === Infinity || (Number.isSafeInteger(value) && Number(value) >= 1)) return Number(value)
  throw notNumber(option, value, 'a whole number of 1 or more, or Infinity for no limit')
}

export const duration: Parser<number> = (value, option) => {
  if (value === Infinity || (typeof value === 'number' && value > 0 && value <= longestDuration)) return value
  throw notNumber(
    option,
    value,
    `a number of milliseconds above 0 and up to ${longestDuration}, or Infinity for no limit`,
  )
}

export const fraction: Parser<number> = (value, option) => {
  if (typeof value === 'number' && value >= 0 && value < 1) return value
  throw notNumber(option, value, 'a number from 0 to below 1')
}

/** A number above 0. `Infinity` is refused. */
export const positive: Parser<number> = (value, option) => {
  if (typeof value === 'number' && value > 0 && value < Infinity) return value
  throw notNumber(option, value, 'a number above 0')
}

/** A number that is at least `least`. `Infinity` is refused. */
export function atLeast(least: number): Parser<number> {
  return (value, option) => {
    if (typeof value === 'number' && value >= least && value < Infinity) return value
    throw notNumber(option, value, `a number of ${least} or more`)
  }
}

/** A share: above 0 and up to 1. */
export const share: Parser<number> = (value, option) => {
  if (typeof value === 'number' && value > 0 && value <= 1) return value
  throw notNumber(option, value, 'a number above 0 and up to 1')
}

/** A duration above 0. `Infinity` is refused. */
export const window: Parser<number> = (value, option) => {
  if (typeof value === 'number' && value > 0 && value <= longestDuration) return value
  throw notNumber(option, value, `a number of milliseconds above 0 and up to ${longestDuration}`)
}

/** A duration of 0 or more. `Infinity` is refused. */
export const delay: Parser<number> = (value, option) => {
  if (typeof value === 'number' && value >= 0 && value <= longestDuration) return value
  throw notNumber(option, value, `a number of milliseconds from 0 to ${longestDuration}`)
}

/** A duration of 0 or more, or `Infinity`. */
export const grace: Parser<number> = (value, option) => {
  if (value === Infinity || (typeof value === 'number' && value >= 0 && value <= longestDuration))
    return value
  throw notNumber(
    option,
    value,
    `a number of milliseconds from 0 to ${longestDuration}, or Infinity to wait without end`,
  )
}

export const flag: Parser<boolean> = (value, option) => {
  if (typeof value === 'boolean') return value
  throw invalid(
    option,
    value,
    typeof value === 'string' ? 'a boolean, not a string: true or false' : 'true or false',
  )
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

/** The error for what is no number that can be used. Many a number comes as a text, from the environment for example. */
export function notNumber(option: string, value: unknown, form: string): OptionError {
  if (typeof value !== 'string') return invalid(option, value, form)
  return invalid(option, value, `a number, not a string: ${form.replace(/^a number (of )?/, '')}`)
}
