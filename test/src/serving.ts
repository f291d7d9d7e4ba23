import assert from 'node:assert/strict'
import type { Server } from 'node:http'
import type { Keel } from '@evenkeel/node'
import { closed } from '@evenkeel/test-kit/closes'
import { RawClient, type RawResponse, type Target } from '@evenkeel/test-kit/raw-client'
import type { App, AppSettings } from './apps/app.js'

/** What a test has of the application that runs for it. */
export interface Context {
  readonly server: Server
  readonly port: number
  keel(): Keel
  connect(how?: Pick<Target, 'from' | 'halfOpen'>): Promise<RawClient>
  /** What answers the next `GET /wait`. */
  nextWaiting(): Promise<() => void>
  /** Resolves when that many connections have closed in all. */
  closed(count: number): Promise<void>
}

/** Runs an application for one test, and ends it and all its clients afterwards. */
export async function serving(
  app: App,
  settings: AppSettings,
  test: (context: Context) => Promise<void>,
): Promise<void> {
  const waiting: ((answer: () => void) => void)[] = []
  const running = await app.listen({ ...settings, waiting: (answer) => waiting.shift()?.(answer) })
  const clients: RawClient[] = []
  try {
    await test({
      server: running.server,
      port: running.port,
      keel: () => running.keel,
      nextWaiting: () => new Promise((resolve) => waiting.push(resolve)),
      connect: async (how) => {
        const client = await RawClient.connect({ port: running.port, secure: app.secure ?? false, ...how })
        clients.push(client)
        return client
      },
      closed: (count) => closed(running.keel, count),
    })
  } finally {
    for (const client of clients) client.close()
    await running.close()
  }
}

export function isMarked({ headers }: RawResponse): boolean {
  return (headers.get('connection') ?? '').toLowerCase() === 'close'
}

export function assertMarked(response: RawResponse): void {
  assert.ok(isMarked(response), `not marked:\n${response.head}`)
}

export function assertKept(response: RawResponse): void {
  assert.doesNotMatch(response.headers.get('connection') ?? '', /close/i, `marked:\n${response.head}`)
}
