import type { Report } from '@evenkeel/core'
import { invalid } from '@evenkeel/core'
import type { Answer, Store } from '../store.js'
import { Borrowed } from './borrowed.js'
import { Opened } from './opened.js'
import { parseRedisOptions, parseRedisUrl, type RedisStoreOptions } from './options.js'
import type { Redis } from './redis.js'
import { run } from './script.js'

/** How long who asks outside a member's interval waits, in milliseconds. */
const answerTimeout = 2_000

/** Numbers go to Redis in millionths. Sums of 9,000 such members are exact there. */
const unit = 1e-6
const most = 1_000_000

/**
 * A store in Redis (6 or later) or Valkey, also a cluster of them. Each member costs one command in an interval, whatever
 * the size of its fleet.
 *
 * @param target a URL, `redis://user:password@host:6379/0` or `rediss://…`, for which the package `redis` has to be
 *   installed; or how the client that the program has sends a command.
 * @throws {@link OptionError} for what cannot be used.
 */
export function redisStore(target: string | RedisStoreOptions): Store {
  const redis = reach(target)
  return {
    name: redis.name,
    async exchange(group, id, report, expiry, signal) {
      const [load, weight] = written(report)
      const act = ['report', id, load, weight, String(Math.ceil(expiry))] as const
      return answer(await run(redis, group, act, signal))
    },
    async leave(group, id) {
      await run(redis, group, ['leave', id], AbortSignal.timeout(answerTimeout))
    },
    async members(group) {
      return reports(await run(redis, group, ['members'], AbortSignal.timeout(answerTimeout)))
    },
    async close() {
      redis.close()
    },
  }
}

function reach(target: string | RedisStoreOptions): Redis {
  if (typeof target === 'string') return new Opened(parseRedisUrl(target))
  const { name, sendCommand } = parseRedisOptions(target)
  return new Borrowed(name, sendCommand)
}

function written({ load, weight }: Report): [string, string] {
  if (!(weight <= most))
    throw invalid('weight', weight, `a number up to ${most}: Redis adds in whole numbers`)
  // Upwards: sums below its own report would make no sense to a member.
  const whole = (value: number): string => String(Math.ceil(Math.min(Math.max(value, 0), most) / unit))
  return [whole(load), whole(weight)]
}

function answer(reply: unknown): Answer {
  const [load, weight, count, isPartial] = Array.isArray(reply) ? reply.map(Number) : []
  if (isWhole(load) && isWhole(weight) && isWhole(count)) {
    return { load: load * unit, weight: weight * unit, members: count, isPartial: isPartial === 1 }
  }
  throw new Error(`sendCommand has answered ${JSON.stringify(reply)}: let it resolve with what Redis answers`)
}

function isWhole(value: number | undefined): value is number {
  return Number.isSafeInteger(value)
}

function reports(reply: unknown): ReadonlyMap<string, Report> {
  const all = new Map<string, Report>()
  const texts = Array.isArray(reply) ? reply.map(String) : []
  for (let at = 0; at + 2 < texts.length; at += 3) {
    all.set(texts[at] ?? '', { load: Number(texts[at + 1]) * unit, weight: Number(texts[at + 2]) * unit })
  }
  return all
}
