import { debuglog } from 'node:util'
import { defaults, type Limits } from '@evenkeel/core'
import type { HttpServer, RequestHead } from '../options/options.js'
import { placeOf } from './place-of.js'

const log = debuglog('evenkeel')

/** What Even Keel may set on a server. */
const settings = ['keepAliveTimeout', 'keepAliveTimeoutBuffer', 'headersTimeout', 'maxConnections'] as const

type Values = ReadonlyMap<string, unknown>

/**
 * Says at `NODE_DEBUG=evenkeel` which server is attached, with which limits, and what is set on it. Without the variable
 * it reads nothing and adds no listener.
 */
export class Journal {
  readonly #server: HttpServer
  #place = ''
  /** Calls off what waits for the server's address. Undefined when the attachment was told. */
  #callOff: (() => void) | undefined

  constructor(server: HttpServer) {
    this.#server = server
  }

  /** The server's settings now. Undefined if nobody wants to know. */
  look(): Values | undefined {
    if (!log.enabled) return undefined
    return new Map(settings.map((name) => [name, Reflect.get(this.#server, name)]))
  }

  /**
   * The server is attached. This is told when its address is known: when it listens, or with its first connection.
   *
   * @param limits gives those in force by then.
   */
  attached(found: Values | undefined, limits: () => Limits<RequestHead>): void {
    if (found === undefined) return
    const server = this.#server
    const tell = (): void => {
      this.#callOff?.()
      this.#callOff = undefined
      const inForce = changes(new Map(), valuesOf(limits()))
      this.#place = placeOf(server)
      this.#say('attached to', inForce, this.#settingsSince(found))
    }
    if (server.listening) {
      tell()
    } else {
      this.#callOff = () => server.off('listening', tell).off('connection', tell)
      server.once('listening', tell).once('connection', tell)
    }
  }

  /** Other limits are in force. */
  changed(found: Values | undefined, before: Limits<RequestHead>, limits: Limits<RequestHead>): void {
    if (found === undefined || this.#callOff !== undefined) return
    const changed = changes(valuesOf(before), valuesOf(limits)).filter(isChange)
    if (changed.length > 0)
      this.#say('limits changed at', changed, this.#settingsSince(found).filter(isChange))
  }

  detached(found: Values | undefined): void {
    const isUntold = this.#callOff !== undefined
    this.#callOff?.()
    this.#callOff = undefined
    if (found !== undefined && !isUntold) this.#say('detached from', [], this.#settingsSince(found))
  }

  #settingsSince(found: Values): readonly string[] {
    return changes(found, this.look() ?? found)
  }

  #say(what: string, limits: readonly string[], server: readonly string[]): void {
    const lines = [`${what} ${this.#place}`]
    if (limits.length > 0) lines.push(`limits (times in ms): ${limits.join(', ')}`)
    if (server.length > 0) lines.push(`the server's own: ${server.join(', ')}`)
    log('%s', lines.join('\n  '))
  }
}

const arrow = ' -> '

function isChange(text: string): boolean {
  return text.includes(arrow)
}

/** `name value` for each, and `name before -> value` where it was another one. */
function changes(before: Values, after: Values): string[] {
  return [...after].flatMap(([name, value]) => {
    const isNew = !before.has(name) || Object.is(before.get(name), value)
    if (isNew) return value === undefined ? [] : [`${name} ${value}`]
    return [`${name} ${before.get(name) ?? 'none'}${arrow}${value ?? 'none'}`]
  })
}

/** Options that a text can show. */
function valuesOf(limits: Limits<RequestHead>): Values {
  const { clock, random, exempt, fleet, ...plain } = limits
  const given = [
    ...(exempt === defaults.exempt ? [] : [['exempt', 'a function'] as const]),
    ...(fleet === defaults.fleet ? [] : [['fleet', 'joined'] as const]),
  ]
  return new Map<string, unknown>([...Object.entries(plain), ...given])
}
