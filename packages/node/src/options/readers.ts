import ms, { type StringValue } from 'ms'

/** What the text of a variable stands for, and what to say where the option itself would say it otherwise. */
export interface Reader {
  /** What cannot be read is returned as it is, to be refused by name. */
  read(text: string): unknown
  readonly cure?: string
}

export const text: Reader = { read: (given) => given }

export const number: Reader = {
  read: (given) => (given.trim() === '' || Number.isNaN(Number(given)) ? given : Number(given)),
}

export const duration: Reader = {
  read: (given) => {
    const plain = number.read(given)
    return typeof plain === 'number' ? plain : (ms(given as StringValue) ?? given)
  },
  cure: 'give milliseconds above 0 and up to 2147483647, a time such as 65s or 5m, or Infinity for no limit',
}

/** A duration that ends. */
export function span(range: 'from 0 up' | 'above 0 and up'): Reader {
  return {
    read: duration.read,
    cure: `give milliseconds ${range} to 2147483647, or a time such as 500ms or 30s`,
  }
}

export const flag: Reader = {
  read: (given) => (given === 'true' ? true : given === 'false' ? false : given),
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
