import { constants } from 'node:os'
import {
  type DrainLimits,
  type DrainOptions,
  delay,
  didYouMean,
  drainDefaults,
  drainParsers,
  invalid,
  type Limits,
  OptionError,
  parse,
  show,
} from '@evenkeel/core'

/** How a server is shut down. Durations are milliseconds. */
export interface ShutdownOptions extends Omit<DrainOptions, 'fraction' | 'grace'> {
  /**
   * How long the server says that it is not ready but goes on as before, until the drain begins, in milliseconds.
   * Choose the time that its balancer takes to notice. Default 0.
   */
  delay?: number | undefined
  /**
   * How long work in flight may go on after the drain's window, in milliseconds. Then it is destroyed. Default 5 000;
   * `Infinity` waits for it.
   */
  grace?: number | undefined
  /**
   * The signals that begin it, `['SIGTERM']` for example. A second signal does what it does without Even Keel: it
   * ends the process. Default none: the shutdown begins at once.
   */
  signals?: readonly NodeJS.Signals[] | undefined
}

/** The options of a shutdown, with every default filled in. */
export interface ShutdownLimits extends Omit<DrainLimits, 'fraction'> {
  readonly delay: number
  readonly signals: readonly NodeJS.Signals[]
}

/** The defaults of what a shutdown has beside a drain, or otherwise. */
export const shutdownDefaults: Readonly<Pick<ShutdownLimits, 'delay' | 'grace' | 'signals'>> = Object.freeze({
  delay: 0,
  grace: 5_000,
  signals: Object.freeze([]),
})

/** @throws {@link OptionError} for an unknown name or a value that cannot be used. */
export function parseShutdownOptions(
  options: ShutdownOptions,
  limits: Pick<Limits, 'quietGuard'>,
): ShutdownLimits {
  const parsers = { ...drainParsers, delay, signals: parseSignals }
  const defaults = { ...drainDefaults(options, limits), ...shutdownDefaults }
  return parse<ShutdownLimits>(parsers, defaults, options, '{ within: 10_000 }')
}

/** Signals that a program can listen for. */
const unheard = new Set<unknown>(['SIGKILL', 'SIGSTOP'])
const known = new Set(Object.keys(constants.signals).filter((name) => !unheard.has(name)))
const form = "signals that can be listened for, such as ['SIGTERM', 'SIGINT']"

function parseSignals(signals: unknown, option: string): readonly NodeJS.Signals[] {
  if (!Array.isArray(signals)) throw invalid(option, signals, `a list of ${form}`)
  const at = signals.findIndex((name) => !known.has(name))
  if (at === -1) return signals
  const wrong: unknown = signals[at]
  throw new OptionError(
    'ERR_EVENKEEL_OPTION_INVALID',
    option,
    wrong,
    `${option}[${at}] is ${show(wrong)}`,
    cureFor(wrong),
  )
}

function cureFor(wrong: unknown): string {
  if (unheard.has(wrong)) return "give another one, such as 'SIGTERM': no program hears of this one"
  // Other programs call it TERM.
  const name = typeof wrong === 'string' ? `SIG${wrong.replace(/^SIG/i, '')}` : wrong
  return didYouMean(name, [...known], `give ${form}`)
}
