import { createHash } from 'node:crypto'
import type { Redis } from './redis.js'
import { source } from './source.js'

const digest = createHash('sha1').update(source).digest('hex')

/** What a member can do, and what it takes. */
export type Act =
  | readonly ['report', id: string, load: string, weight: string, expiry: string]
  | readonly ['leave', id: string]
  | readonly ['members']

/** Sends the digest of the script, and the whole where Redis does not know it. */
export async function run(redis: Redis, group: string, act: Act, signal: AbortSignal): Promise<unknown> {
  // The braces make Redis Cluster keep the keys on one node.
  const keys = ['reports', 'times', 'sums'].map((name) => `evenkeel:{${group}}:${name}`)
  const rest = [String(keys.length), ...keys, ...act]
  try {
    return await redis.send(['EVALSHA', digest, ...rest], signal)
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
    return redis.send(['EVAL', source, ...rest], signal)
  }
}
