import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { Child } from './child.js'
import type { LooksServerAnswers } from './looks/server.js'
import type { Sheet } from './print.js'
import type { ClientAnswers } from './table/client.js'
import { usualAddresses } from './table/crowd.js'

/** What looking at a server costs it. */
export interface LooksResult {
  /** Open and idle. */
  readonly connections: number
  /** CPU time of one scrape of its metrics, in milliseconds. */
  readonly scrape: number
  /** CPU time of a second with one viewer of the inspector's page, above one with none, in milliseconds. */
  readonly frame: number
  /** Bytes of a frame. */
  readonly size: number
}

const sizes = [500, 10_000, 18_000]
const scrapes = 200

/** Short enough for no connection to reach its idle timeout. */
const seconds = 10

/** Metrics that are scraped, and the inspector with one viewer. */
export async function measureLooks(progress: (step: string) => void): Promise<LooksResult[]> {
  const results: LooksResult[] = []
  for (const connections of sizes) {
    progress(`looks at ${connections} connections`)
    results.push(await look(connections))
  }
  return results
}

async function look(connections: number): Promise<LooksResult> {
  const server = new Child<LooksServerAnswers>(new URL('./looks/server.js', import.meta.url))
  const client = new Child<ClientAnswers>(new URL('./table/client.js', import.meta.url))
  await client.ask('hold', await server.ask('start'), connections, usualAddresses)
  await server.ask('scrape', scrapes)
  const scrape = await server.ask('scrape', scrapes)
  const port = await server.ask('inspect')
  const cpuOf = async (): Promise<number> => {
    const before = await server.ask('cpu')
    await wait(seconds * 1_000)
    return (await server.ask('cpu')) - before
  }
  const unseen = await cpuOf()
  const [stream] = (await once(get({ port, path: '/?events', host: '127.0.0.1' }), 'response')) as [
    IncomingMessage,
  ]
  // The first frame has the past in it.
  await once(stream, 'data')
  const frames: number[] = []
  stream.on('data', (bytes: Buffer) => frames.push(bytes.length))
  const seen = await cpuOf()
  const size = frames.reduce((sum, bytes) => sum + bytes, 0) / seconds
  if ((await server.ask('open')) !== connections) throw new Error('connections have ended meanwhile')
  stream.destroy()
  await Promise.all([server.stop(), client.stop()])
  return { connections, scrape, frame: (seen - unseen) / seconds, size }
}

export function looksSheet(results: readonly LooksResult[]): Sheet {
  return {
    head: ['open connections', 'CPU of a scrape', 'CPU of a frame', 'size of a frame'],
    alignment: 'rrrr',
    rows: results.map(({ connections, scrape, frame, size }) => [
      connections.toLocaleString('en'),
      `${scrape.toFixed(2)} ms`,
      `${frame.toFixed(1)} ms`,
      `${(size / 1_000).toFixed(1)} kB`,
    ]),
  }
}
