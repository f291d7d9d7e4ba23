// A program of node:cluster, whose workers listen on one port.

import cluster, { type Worker } from 'node:cluster'
import type { Message, Order, Told } from './message.js'

cluster.setupPrimary({ exec: `${import.meta.dirname}/server.js` })
const workers: Worker[] = []

function add(): void {
  const number = workers.length
  const worker = cluster.fork()
  workers.push(worker)
  worker.on('message', (told: Told) => {
    // A message that is none of the program's has other keys.
    if ('requests' in told) process.send?.({ server: number, ...told } satisfies Message)
  })
}

process.on('message', (order: Order) => {
  if (order === 'tell') for (const worker of workers) worker.send(order)
  else while (workers.length < order.grow) add()
})
process.on('disconnect', () => process.exit())
