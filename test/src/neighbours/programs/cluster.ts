import cluster from 'node:cluster'
import { once } from 'node:events'
import type { ServerOptions } from '@evenkeel/node'
import { type Account, type Order, serve } from './worker.js'

export interface Settings {
  /** What each worker's server is attached with; none for a bare one. */
  readonly options?: ServerOptions
  /** What is set on the server itself. */
  readonly own?: { readonly maxConnections: number; readonly dropMaxConnection?: boolean }
}

/** What the primary is asked for by its parent: an order to the worker with an id, or the end of all. */
export type Errand = { readonly worker: string; readonly order: Order } | 'disconnect' | 'accounts'

const settings = JSON.parse(process.argv[2] ?? '{}') as Settings
if (cluster.isPrimary) {
  cluster.setupPrimary({ args: process.argv.slice(2) })
  const workers = [cluster.fork(), cluster.fork()]
  const [listening] = await Promise.all(workers.map((worker) => once(worker, 'listening')))
  cluster.on('exit', (worker, code, signal) => process.send?.({ exited: String(worker.id), code, signal }))
  cluster.on('message', (_worker, account: Account) => process.send?.(account))
  process.on('message', (errand: Errand) => {
    if (errand === 'disconnect') cluster.disconnect(() => process.send?.('disconnected'))
    else if (errand === 'accounts') for (const worker of workers) worker.send('snapshot')
    else cluster.workers?.[errand.worker]?.send(errand.order)
  })
  process.on('disconnect', () => {
    for (const worker of workers) worker.process.kill()
    process.exit()
  })
  process.send?.({ port: listening?.[0].port })
} else {
  const { options, own } = settings
  const { server, account } = serve(String(cluster.worker?.id), options)
  Object.assign(server, own)
  process.on('message', (order: Order) => {
    if (order === 'snapshot') process.send?.(account())
    if (order === 'exit') process.exit(7)
  })
  server.listen(0, '127.0.0.1')
}
