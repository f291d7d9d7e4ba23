/** What an {@link OptionError} complains about. */
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

  constructor(code: OptionErrorCode, option: string, value: unknown, message: string) {
    super(message)
    this.code = code
    this.option = option
    this.value = value
  }
}

/** A value as it would be written in code, short enough for a message. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object' && value !== null) return 'an object'
  return String(value)
}
