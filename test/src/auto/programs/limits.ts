import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { attach, type Limits } from '@evenkeel/node'

/** What the program prints: `Infinity`, which JSON does not have, as a text. */
export interface LimitsLine {
  readonly port: number
  readonly limits: Readonly<Record<keyof Limits, unknown>>
}

// Its server attached already, it asks what limits are in force. A request for `/wait` is never answered.
const server = createServer((request, response) => {
  if (request.url !== '/wait') response.end('ok')
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  const line = { port, limits: attach(server).limits }
  console.log(JSON.stringify(line, (_name, value) => (value === Infinity ? 'Infinity' : value)))
})
