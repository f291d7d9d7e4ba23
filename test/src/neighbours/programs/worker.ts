import { createServer, type Server } from 'node:http'
import { attach, type Keel, type ServerOptions } from '@evenkeel/node'

/** What a worker, process or thread, is asked for. */
export type Order = 'snapshot' | 'exit'

/** How many connections it has open, how many requests it has counted, how many connections it has retired. */
export interface Account {
  readonly id: string
  readonly open: number
  readonly requests: number
  readonly retired: number
}

/** A server that answers with its worker's name, attached if there are options. `/wait` is not answered. */
export function serve(id: string, options?: ServerOptions): { server: Server; account: () => Account } {
  const server = createServer((request, response) => {
    if (request.url !== '/wait') response.end(id)
  })
  const keel: Keel | undefined = options === undefined ? undefined : attach(server, options)
  return {
    server,
    account: () => {
      const { connections, totals } = keel?.snapshot() ?? {}
      const { total: open = 0 } = connections ?? {}
      const { requests = 0, retired } = totals ?? {}
      return { id, open, requests, retired: retired?.['max-requests'] ?? 0 }
    },
  }
}
