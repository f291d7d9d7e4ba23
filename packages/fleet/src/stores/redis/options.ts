import { EventEmitter } from 'node:events'
import { invalid, type Parsers, parse } from '@evenkeel/core'
import { masked } from '../masked.js'

/** Sends one command and resolves with the answer, as the clients of Redis do. */
export type SendCommand = (command: string, ...args: string[]) => Promise<unknown>

/** A Redis by a client that the program has. */
export interface RedisStoreOptions {
  /** With ioredis `(...args) => client.call(...args)`, with node-redis `(...args) => client.sendCommand(args)`. */
  sendCommand: SendCommand
  /** What it is called in messages. Default `redis`. */
  name?: string | undefined
}

type Parsed = { readonly [Name in keyof RedisStoreOptions]-?: Exclude<RedisStoreOptions[Name], undefined> }

const example = "'redis://localhost:6379', or { sendCommand: (...args) => client.sendCommand(args) }"

const parsers: Parsers<Parsed> = {
  sendCommand(value, option) {
    if (typeof value === 'function') return value as SendCommand
    throw invalid(option, value, 'a function such as (...args) => client.sendCommand(args)')
  },
  name(value, option) {
    if (typeof value === 'string' && value !== '') return value
    throw invalid(option, value, 'a name that messages can use')
  },
}

/** @throws {@link OptionError} for an unknown name or a value that cannot be used. */
export function parseRedisOptions(options: RedisStoreOptions): Parsed {
  if (isClient(options)) {
    throw invalid(
      'redisStore',
      options,
      '{ sendCommand: (...args) => client.sendCommand(args) }, ioredis: client.call(...args)',
    )
  }
  if (typeof options === 'object' && options !== null)
    return parse(parsers, { name: 'redis' }, options, example)
  throw invalid('redisStore', options, example)
}

/** A client of `redis` has `sendCommand` too, for other arguments. */
function isClient(options: object): boolean {
  return options instanceof EventEmitter
}

/** @throws {@link OptionError} for what is no address of a Redis. The message holds no password. */
export function parseRedisUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isRedis = url?.protocol === 'redis:' || url?.protocol === 'rediss:'
  if (url !== undefined && isRedis && url.hostname !== '' && /^\/?\d*$/.test(url.pathname)) return url
  throw invalid(
    'redisStore',
    masked(text),
    "a URL such as 'redis://localhost:6379', or 'rediss://user:password@host:6379/0' with TLS, user and database",
  )
}
