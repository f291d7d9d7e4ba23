import { InvalidArgumentError } from 'commander'
import ms, { type StringValue } from 'ms'

/** The least and the most that an argument may be; both may be reached. */
export interface Bounds {
  readonly min?: number
  readonly max?: number
}

/** Reads `90s`, `6m` or `250ms` as milliseconds. A number without a unit is refused. */
export function duration({ min = 1, max = Number.POSITIVE_INFINITY }: Bounds = {}) {
  return (value: string): number => {
    const milliseconds = /[a-z]\s*$/i.test(value) && value.length < 100 ? ms(value as StringValue) : undefined
    if (milliseconds !== undefined && milliseconds >= min && milliseconds <= max) return milliseconds
    throw new InvalidArgumentError(
      `Give a duration with its unit, such as 250ms, 90s or 6m${range(min, max, ms)}.`,
    )
  }
}

/** Reads a whole number. */
export function count({ min = 1, max = Number.MAX_SAFE_INTEGER }: Bounds = {}) {
  return (value: string): number => {
    const number = Number(value)
    if (/^\d+$/.test(value) && number >= min && number <= max) return number
    throw new InvalidArgumentError(`Give a whole number${range(min, max, String)}.`)
  }
}

/** Reads a number, with a fraction or without. */
export function number({ min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Bounds = {}) {
  return (value: string): number => {
    const number = Number(value)
    if (/^-?\d*\.?\d+(e-?\d+)?$/i.test(value) && number >= min && number <= max) return number
    throw new InvalidArgumentError(`Give a number${range(min, max, String)}.`)
  }
}

/** Reads an address such as `http://127.0.0.1:8080/path`. */
export function url(value: string): URL {
  const parsed = URL.canParse(value) ? new URL(value) : undefined
  if (parsed !== undefined && ['http:', 'https:'].includes(parsed.protocol)) return parsed
  throw new InvalidArgumentError('Give an address that begins with http:// or https://.')
}

function range(min: number, max: number, write: (limit: number) => string): string {
  const least = min > 0 || Number.isFinite(min) ? `, ${write(min)} or more` : ''
  const most = Number.isFinite(max) && max < Number.MAX_SAFE_INTEGER
  return most ? `, from ${write(Math.max(min, 0))} to ${write(max)}` : least
}
