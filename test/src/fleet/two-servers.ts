import { mock } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { createFleet, memoryStore, type Store } from '@evenkeel/fleet'
import type { ServerOptions } from '@evenkeel/node'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import { plain } from '../apps/plain.js'
import { type Context, serving } from '../serving.js'

/** Two servers of one fleet, and the time that passes for both. */
export interface Pair {
  readonly one: Context
  readonly other: Context
  /** Seconds pass, one by one: in each, both servers tell their load and hear the sums. */
  pass(seconds: number): Promise<void>
}

/** How a pair is made. */
export interface PairSettings {
  /** Weights of the two. Default 1 and 1. */
  readonly weights?: readonly [number, number]
  /** Where they meet, made with their clock. Default a store in memory. */
  readonly storeOf?: (now: () => number) => Store
  readonly options?: ServerOptions
}

/** Runs two servers that share a store, as two processes would. Nothing but `pass` moves their clock and their timers. */
export async function twoServers(
  { weights = [1, 1], storeOf = memoryStore, options = {} }: PairSettings,
  test: (pair: Pair) => Promise<void>,
): Promise<void> {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] })
  const clock = new FakeClock()
  const store = storeOf(() => clock.now())
  const optionsOf = (weight: number): ServerOptions => ({
    fleet: createFleet({ store, weight }),
    clock,
    random: () => 0,
    ...options,
  })
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      clock.advance(1_000)
      mock.timers.tick(1_000)
      await setImmediate()
    }
  }
  try {
    await started(optionsOf(weights[0]), (one) =>
      started(optionsOf(weights[1]), (other) => test({ one, other, pass })),
    )
  } finally {
    mock.timers.reset()
  }
}

function started(options: ServerOptions, test: (context: Context) => Promise<void>): Promise<void> {
  return serving(plain, { options, attached: true }, test)
}

/** A client that asks so often in each second; where its connection is ended, it opens another one to the same server. */
export class Asking {
  readonly #connect: () => Promise<RawClient>
  readonly #requests: number
  #client: RawClient | undefined

  constructor(connect: () => Promise<RawClient>, requests: number) {
    this.#connect = connect
    this.#requests = requests
  }

  async ask(): Promise<void> {
    for (let request = 0; request < this.#requests; request++) {
      this.#client ??= await this.#connect()
      const { headers } = await this.#client.request('/ok')
      if (headers.get('connection') !== 'close') continue
      await this.#client.ended
      this.#client.close()
      this.#client = undefined
    }
  }
}

/** Seconds pass, and in each of them the clients ask. */
export async function askFor(seconds: number, clients: readonly Asking[], { pass }: Pair): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    for (const client of clients) await client.ask()
    await pass(1)
  }
}
