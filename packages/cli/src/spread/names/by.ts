import { InvalidArgumentError } from 'commander'

/** Where an answer says which server gave it. */
export interface By {
  readonly kind: 'header' | 'cookie' | 'body'
  /** The name of the header or cookie, or the path of a JSON field (`host.name`); empty for the whole body. */
  readonly name: string
  /** For a body of another kind: what is to be found in it. Its first group is the name, or all of it without a group. */
  readonly pattern?: RegExp
}

const howTo =
  'Give header:NAME, cookie:NAME, body:PATH for a JSON field such as body:host.name, body:/EXPRESSION/ for text, or body for all of it.'

/** Reads `--by`. */
export function parseBy(value: string): By {
  const [, kind, name] = /^(header|cookie|body)(?::(.+))?$/s.exec(value) ?? []
  if (kind === 'body' && name === undefined) return { kind, name: '' }
  if (name === undefined) throw new InvalidArgumentError(howTo)
  if (kind === 'header') return { kind, name: name.toLowerCase() }
  if (kind === 'cookie') return { kind, name }
  const [, expression] = /^\/(.+)\/$/s.exec(name) ?? []
  return expression === undefined
    ? { kind: 'body', name }
    : { kind: 'body', name, pattern: parsePattern(expression) }
}

/** As the user would write it. */
export function writeBy({ kind, name }: By): string {
  return name === '' ? kind : `${kind}:${name}`
}

function parsePattern(expression: string): RegExp {
  try {
    return new RegExp(expression)
  } catch (error) {
    throw new InvalidArgumentError(`${(error as Error).message}. ${howTo}`)
  }
}
