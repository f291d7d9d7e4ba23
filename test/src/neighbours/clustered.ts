import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import type { Errand, Settings } from './programs/cluster.js'

/** Two workers that share a port; what they say comes in order. */
export interface Pair {
  readonly port: number
  send(errand: Errand): void
  /** The next message that has this property, or is this text. */
  next<Message>(what: string): Promise<Message>
}

/** Runs two workers for one test, and ends them. */
export async function clustered<Result>(
  settings: Settings,
  test: (pair: Pair) => Promise<Result>,
): Promise<Result> {
  const child = fork(join(import.meta.dirname, 'programs', 'cluster.js'), [JSON.stringify(settings)], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const closed = once(child, 'exit')
  const next = inbox(child)
  try {
    const { port } = await next<{ port: number }>('port')
    return await test({ port, next, send: (errand) => void child.send(errand) })
  } finally {
    child.disconnect()
    await closed
  }
}

function inbox(child: ChildProcess): Pair['next'] {
  const messages: unknown[] = []
  child.on('message', (message) => {
    messages.push(message)
    child.emit('progress')
  })
  return async (what) => {
    for (;;) {
      const found = messages.findIndex((message) => message === what || Object.hasOwn(Object(message), what))
      if (found !== -1) return messages.splice(found, 1)[0] as never
      await once(child, 'progress')
    }
  }
}

/** Clients of both workers, by the name that the workers answer with. */
export async function clientOfEach(port: number): Promise<ReadonlyMap<string, RawClient>> {
  const clients = new Map<string, RawClient>()
  while (clients.size < 2) {
    const client = await RawClient.connect({ port })
    const { body } = await client.request('/')
    if (clients.has(body)) client.close()
    else clients.set(body, client)
  }
  return clients
}
