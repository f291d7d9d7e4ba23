import type { Server } from 'node:http'
import { createFleet, memoryStore } from '@evenkeel/fleet'
import { limits } from './hello.js'
import { listening } from './listening.js'
import { helloServer } from './node.js'

/** `node:http` as the only member of a fleet: it reads its load and asks its store once a second. */
export function fleet(): Promise<Server> {
  const options = { ...limits, fleet: createFleet({ store: memoryStore() }) }
  return listening(helloServer(options).listen(0, '127.0.0.1'))
}
