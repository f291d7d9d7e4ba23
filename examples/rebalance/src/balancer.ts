import { type AddressInfo, connect, createServer } from 'node:net'
import { forward } from './forward.js'
import { hear, tell } from './parent.js'

const host = '127.0.0.1'
let ports: readonly number[] = []
let opened = 0

const balancer = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  opened += 1
  const port = ports[Math.floor(Math.random() * ports.length)]
  if (port === undefined) client.resetAndDestroy()
  else forward(client, connect({ host, port, allowHalfOpen: true, noDelay: true }))
})

hear((command) => {
  if (command.type === 'count') void tell({ type: 'counted', count: opened })
  if (command.type === 'balance') {
    ports = command.ports
    void tell({ type: 'balancing' })
  }
})

balancer.listen(0, host, () => {
  void tell({ type: 'listening', port: (balancer.address() as AddressInfo).port })
})
