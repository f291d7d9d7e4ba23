import type { AddressInfo } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import type { ServerOptions } from '@evenkeel/node'
import { type Order, serve } from './worker.js'

const { id, options } = workerData as { readonly id: string; readonly options?: ServerOptions }
const { server, account } = serve(id, options)
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port))
parentPort?.on('message', (order: Order) => {
  if (order === 'snapshot') parentPort?.postMessage(account())
  if (order === 'exit') process.exit(0)
})
