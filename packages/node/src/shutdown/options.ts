import { constants } from 'node:os'
import {
  type DrainLimits,
  type DrainOptions,
  delay,
  drainDefaults,
  drainParsers,
  invalid,
  type Limits,
  parse,
} from '@evenkeel/core'

/** How a server is shut down. Durations are milliseconds. */
export interface ShutdownOptions extends Omit<DrainOptions, 'fraction' | 'grace'> {
  /**
   * How long the server goes on as before, but says that it is not ready, until it is drained, in milliseconds: as
   * long as its balancer takes to notice. Default 0.
   */
  delay?: number | undefined
  /**
   * How long behind the drain's window what is still in flight may go on before it is destroyed, in
   * milliseconds. Default 5 000; `Infinity` waits for it.
   */
  grace?: number | undefined
  /**
   * What begins it, `['SIGTERM']` for example. A second signal then does what it does without Even Keel: ends the
   * process. Default none: it begins at once.
   */
  signals?: readonly NodeJS.Signals[] | undefined
}

interface ShutdownLimits extends Omit<DrainLimits, 'fraction'> {
  readonly delay: number
  readonly signals: readonly NodeJS.Signals[]
}

/** @throws {@link OptionError} for an unknown name or a value that cannot be used. */
export function parseShutdownOptions(
  options: ShutdownOptions,
  limits: Pick<Limits, 'quietGuard'>,
): ShutdownLimits {
  const parsers = { ...drainParsers, delay, signals: parseSignals }
  const defaults = { ...drainDefaults(options, limits), grace: 5_000, delay: 0, signals: [] }
  return parse<ShutdownLimits>(parsers, defaults, options, '{ within: 10_000 }')
}

/** Signals that a program can listen for. */
const known = new Set<unknown>(Object.keys(constants.signals))
known.delete('SIGKILL')
known.delete('SIGSTOP')

function parseSignals(signals: unknown, option: string): readonly NodeJS.Signals[] {
  if (Array.isArray(signals) && signals.every((name) => known.has(name))) return signals
  const wrong = Array.isArray(signals) ? signals.find((name) => !known.has(name)) : signals
  throw invalid(option, wrong, "a list of signals that can be listened for, such as ['SIGTERM', 'SIGINT']")
}
