import { OptionError, show } from '@evenkeel/core'

export const prefix = 'EVENKEEL_'

/** The variable of an option: `maxConnections` has `EVENKEEL_MAX_CONNECTIONS`. */
export function variableOf(option: string, before: string = prefix): string {
  return before + option.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase()
}

/** What was wrong with an option's value, said of its variable. Other errors stay what they are. */
export function saidOf(variable: string, value: unknown, error: unknown, cure?: string): unknown {
  if (!(error instanceof OptionError)) return error
  return new OptionError(error.code, variable, value, `${variable} is ${show(value)}`, cure ?? error.cure)
}
