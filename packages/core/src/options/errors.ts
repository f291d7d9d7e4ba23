/**
 * What an {@link OptionError} complains about.
 *
 * - `ERR_EVENKEEL_OPTION_INVALID`: an option has a value that cannot be used. Give what the message asks for.
 * - `ERR_EVENKEEL_OPTION_UNKNOWN`: there is no option, or no variable, of this name. Correct it, or remove it; the message
 *   lists the names that there are.
 * - `ERR_EVENKEEL_OPTIONS_CONFLICT`: a server or a registry has other options already. Give them in one place, or use
 *   `keel.update`.
 */
export type OptionErrorCode =
  | 'ERR_EVENKEEL_OPTION_INVALID'
  | 'ERR_EVENKEEL_OPTION_UNKNOWN'
  | 'ERR_EVENKEEL_OPTIONS_CONFLICT'

/** An option that cannot be used. The message names the option, its value and the cure. */
export class OptionError extends TypeError {
  override readonly name = 'OptionError'
  readonly code: OptionErrorCode
  readonly option: string
  readonly value: unknown
  /** What to do instead. */
  readonly cure: string

  /** @param fault what is wrong, as a clause that names option and value. */
  constructor(code: OptionErrorCode, option: string, value: unknown, fault: string, cure: string) {
    super(`${fault}: ${cure}`)
    this.code = code
    this.option = option
    this.value = value
    this.cure = cure
  }
}

/** A value as it would be written in code, short enough for a message. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object' && value !== null) return `an object${classOf(value)}`
  return String(value)
}

function classOf(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name
  return typeof name === 'string' && name !== '' && name !== 'Object' ? ` of class ${name}` : ''
}
