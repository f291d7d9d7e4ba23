import { redisStore, type Store } from '@evenkeel/fleet'
import { Redis } from 'ioredis'
import { Redis as Redis5 } from 'ioredis5'
import { createClient } from 'redis'
import { createClient as createClient5 } from 'redis5'

/** A store by one of the clients, and what ends that. */
export interface Reached {
  readonly store: Store
  end(): unknown
}

/** Each way that a store can reach its Redis, as a user would write it. */
export const ways: Readonly<Record<string, (port: number) => Promise<Reached>>> = {
  'a URL': async (port) => {
    const store = redisStore(`redis://127.0.0.1:${port}`)
    return { store, end: () => store.close() }
  },
  'redis 6': async (port) => {
    const client = await createClient({ url: `redis://127.0.0.1:${port}` }).connect()
    return {
      store: redisStore({ sendCommand: (...args) => client.sendCommand(args) }),
      end: () => client.destroy(),
    }
  },
  'redis 5': async (port) => {
    const client = await createClient5({ url: `redis://127.0.0.1:${port}` }).connect()
    return {
      store: redisStore({ sendCommand: (...args) => client.sendCommand(args) }),
      end: () => client.destroy(),
    }
  },
  'ioredis 6': async (port) => {
    const client = new Redis(port)
    return {
      store: redisStore({ sendCommand: (...args) => client.call(...args) }),
      end: () => client.disconnect(),
    }
  },
  'ioredis 5': async (port) => {
    const client = new Redis5(port)
    return {
      store: redisStore({ sendCommand: (...args) => client.call(...args) }),
      end: () => client.disconnect(),
    }
  },
}
