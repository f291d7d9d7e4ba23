import { OptionError, show } from '@evenkeel/core'
import ms, { type StringValue } from 'ms'

/** What the text of a variable stands for, and what to say where the option itself would say it otherwise. */
export interface Reader {
  /** What cannot be read is returned as something that is refused. */
  read(text: string): unknown
  readonly cure?: string
  /** A number without a unit that is below this is more likely seconds. */
  readonly likely?: number
}

export const text: Reader = { read: (given) => given }

export const number: Reader = { read: numberOf }

/** No option but `slowStart` makes sense with so little, and that one is 0 then. */
const second = 1_000

export const duration: Reader = {
  read: (given) => {
    const plain = numberOf(given)
    return Number.isNaN(plain) ? (ms(given as StringValue) ?? plain) : plain
  },
  cure: 'give milliseconds above 0 and up to 2147483647, a time such as 65s or 5m, or Infinity for no limit',
  likely: second,
}

/** A duration for which less than a second makes sense. */
export const moment: Reader = { ...duration, likely: 0 }

/** A duration that ends. */
export function span(range: 'from 0 up' | 'above 0 and up', likely: number = second): Reader {
  return {
    read: duration.read,
    cure: `give milliseconds ${range} to 2147483647, or a time such as 500ms or 30s`,
    likely,
  }
}

export const flag: Reader = {
  read: (given) => (given === 'true' ? true : given === 'false' ? false : given),
  cure: 'give true or false',
}

/** A request for one of these paths, whatever its query, is exempt. */
export const paths: Reader = {
  read: (given) => {
    const list = given.split(',').map((path) => path.trim())
    if (!list.every((path) => path.startsWith('/'))) return given
    const exempt = new Set(list)
    return ({ url = '' }: { url?: string }) => exempt.has(url.split('?', 1)[0] ?? '')
  },
  cure: 'give paths that begin with /, separated by commas',
}

/** @throws {@link OptionError} for a number of milliseconds where seconds were more likely meant. */
export function readVariable({ read, likely = 0 }: Reader, variable: string, given: string): unknown {
  const plain = numberOf(given)
  if (!(plain > 0 && plain < likely)) return read(given)
  throw new OptionError(
    'ERR_EVENKEEL_OPTION_INVALID',
    variable,
    given,
    `${variable} is ${show(given)}, which is milliseconds`,
    `did you mean ${plain}s? Otherwise give ${plain}ms`,
  )
}

function numberOf(given: string): number {
  return given.trim() === '' ? Number.NaN : Number(given)
}
