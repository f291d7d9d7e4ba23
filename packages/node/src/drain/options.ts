import { constants } from 'node:os'
import {
  type DrainLimits,
  type DrainOptions,
  delay as delayParser,
  invalid,
  type Limits,
  parseDrainOptions,
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

interface ShutdownLimits extends DrainLimits {
  readonly delay: number
  readonly signals: readonly NodeJS.Signals[]
}

/** @throws {@link OptionError} for an unknown name or a value that cannot be used. */
export function parseShutdownOptions(
  options: ShutdownOptions,
  limits: Pick<Limits, 'quietGuard'>,
): ShutdownLimits {
  const { delay = 0, signals = [], grace = 5_000, ...rest } = options
  return {
    ...parseDrainOptions({ ...rest, grace }, limits),
    delay: delayParser(delay, 'delay'),
    signals: parseSignals(signals),
  }
}

function parseSignals(signals: unknown): readonly NodeJS.Signals[] {
  const isKnown = (name: unknown): boolean =>
    typeof name === 'string' && Object.hasOwn(constants.signals, name)
  if (Array.isArray(signals) && signals.every(isKnown)) return signals
  const [unknown = signals] = Array.isArray(signals) ? signals.filter((name) => !isKnown(name)) : []
  throw invalid('signals', unknown, "a list of signal names such as ['SIGTERM', 'SIGINT']")
}
