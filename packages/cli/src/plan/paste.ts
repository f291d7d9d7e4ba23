import { defaults } from '@evenkeel/core'
import type { Candidate } from './candidate.js'
import { roundDuration } from './words.js'

/** The lines that put a candidate in force. */
export interface Paste {
  readonly program: string
  readonly environment: string
}

/** Where a fleet meets, for the user to replace. */
const store = 'redis://localhost:6379'

/** The line for a program, and the one that needs no change of it; none where there is nothing to do. */
export function pasteOf({ kind, options }: Candidate): Paste | undefined {
  if (kind === 'none') return undefined
  const given = Object.entries(options).filter(([name, value]) => value !== Reflect.get(defaults, name))
  const variables = given.map(([name, value]) => `${variableOf(name)}=${write(name, value, roundDuration)} `)
  const properties = given.map(([name, value]) => `${name}: ${write(name, value, digits)}`)
  if (kind === 'fleet') {
    variables.unshift(`EVENKEEL_FLEET=${store} `)
    properties.unshift(`fleet: createFleet({ store: redisStore('${store}') })`)
  }
  const argument = properties.length === 0 ? '' : `{ ${properties.join(', ')} }`
  return {
    program: `app.use(evenkeel(${argument}))`,
    environment: `${variables.join('')}node --import @evenkeel/node/auto server.js`,
  }
}

/** `maxConnections` has `EVENKEEL_MAX_CONNECTIONS`. */
function variableOf(option: string): string {
  return `EVENKEEL_${option.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase()}`
}

function write(name: string, value: unknown, duration: (milliseconds: number) => string): string {
  const isDuration = name === 'maxConnectionAge' || name === 'idleTimeout'
  return isDuration && Number.isFinite(value) ? duration(Number(value)) : String(value)
}

/** 300000 as `300_000`. */
function digits(value: number): string {
  return new Intl.NumberFormat('en').format(value).replaceAll(',', '_')
}
