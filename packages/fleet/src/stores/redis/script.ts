import { createHash } from 'node:crypto'
import type { Redis } from './redis.js'

/** A script that Redis runs as one command. */
export class Script {
  readonly #source: string
  readonly #digest: string

  constructor(source: string) {
    this.#source = source
    this.#digest = createHash('sha1').update(source).digest('hex')
  }

  /** Sends its digest, and the whole where Redis does not know it. */
  async run(
    redis: Redis,
    keys: readonly string[],
    args: readonly string[],
    signal: AbortSignal,
  ): Promise<unknown> {
    const rest = [String(keys.length), ...keys, ...args]
    try {
      return await redis.send(['EVALSHA', this.#digest, ...rest], signal)
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      return redis.send(['EVAL', this.#source, ...rest], signal)
    }
  }
}
