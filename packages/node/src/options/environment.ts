import { OptionError, parseOptions, show } from '@evenkeel/core'
import ms, { type StringValue } from 'ms'
import type { ServerOptions } from './options.js'
import { system } from './system.js'

/** How the text of a variable is read, and what an error says about it. */
interface Reader {
  /** Returns text that cannot be read as it is. The option's parser refuses it then, by its name. */
  read(text: string): unknown
  readonly cure?: string
}

const number: Reader = {
  read: (text) => (text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)),
}

const duration: Reader = {
  read: (text) => {
    const plain = number.read(text)
    return typeof plain === 'number' ? plain : (ms(text as StringValue) ?? text)
  },
  cure: 'give milliseconds above 0 and up to 2147483647, a time such as 65s or 5m, or Infinity for no limit',
}

const flag: Reader = {
  read: (text) => (text === 'true' ? true : text === 'false' ? false : text),
}

/** A request for one of these paths, whatever its query, is exempt. */
const paths: Reader = {
  read: (text) => {
    const list = text.split(',').map((path) => path.trim())
    if (!list.every((path) => path.startsWith('/'))) return text
    const exempt = new Set(list)
    return ({ url = '' }: { url?: string }) => exempt.has(url.split('?', 1)[0] ?? '')
  },
  cure: 'give paths that begin with /, separated by commas',
}

const readers: {
  readonly [Name in keyof Omit<Required<ServerOptions>, 'clock' | 'random' | 'fleet'>]: Reader
} = {
  maxRequestsPerConnection: number,
  maxConnectionAge: duration,
  maxConnectionAgeGrace: duration,
  maxConnections: number,
  fairEviction: flag,
  quietGuard: duration,
  jitter: number,
  idleTimeout: duration,
  tuneTimeouts: flag,
  dryRun: flag,
  exempt: paths,
}

const prefix = 'EVENKEEL_'

/** Kubernetes gives every container such variables for a service whose name begins with our prefix. */
const serviceVariable = /_(SERVICE_HOST|SERVICE_PORT|PORT)(_|$)/

/** The options that the variables of an environment express: `EVENKEEL_MAX_REQUESTS_PER_CONNECTION`, and so on. */
const optionOf: ReadonlyMap<string, keyof typeof readers> = new Map(
  (Object.keys(readers) as (keyof typeof readers)[]).map((name) => [
    prefix + name.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase(),
    name,
  ]),
)

/** The variables that {@link optionsFrom} reads. */
export const variables: readonly string[] = [...optionOf.keys()]

/**
 * Reads options from `EVENKEEL_*` variables. An empty variable counts as not set.
 *
 * @throws {@link OptionError} that names the variable, for a value that cannot be used and for a variable that
 *   is none of ours.
 */
export function optionsFrom(environment: Readonly<Record<string, string | undefined>>): ServerOptions {
  const options: Record<string, unknown> = {}
  for (const [variable, text = ''] of Object.entries(environment)) {
    if (!variable.startsWith(prefix) || text === '' || serviceVariable.test(variable)) continue
    const name = optionOf.get(variable)
    if (name === undefined) throw unknownVariable(variable, text)
    options[name] = readVariable(name, variable, text)
  }
  return options
}

function readVariable(name: keyof typeof readers, variable: string, text: string): unknown {
  const { read, cure } = readers[name]
  const value = read(text)
  try {
    parseOptions({ [name]: value }, system)
    return value
  } catch (error) {
    if (!(error instanceof OptionError)) throw error
    throw new OptionError(error.code, variable, text, `${variable} is ${show(text)}`, cure ?? error.cure)
  }
}

function unknownVariable(variable: string, text: string): OptionError {
  return new OptionError(
    'ERR_EVENKEEL_OPTION_UNKNOWN',
    variable,
    text,
    `${variable} (${show(text)}) is not a variable of Even Keel`,
    `unset it, or use one of ${variables.join(', ')}`,
  )
}
