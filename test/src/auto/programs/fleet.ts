import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { attach, type FleetStatus } from '@evenkeel/node'

/** What the program prints when it has heard of its fleet. Then it closes its server. */
export interface FleetLine {
  readonly port: number
  readonly status: FleetStatus
  readonly maxConnectionAge: number
}

const server = createServer((_request, response) => response.end('ok'))
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  const keel = attach(server)
  keel.on('fleet', ({ status }) => {
    const line: FleetLine = { port, status, maxConnectionAge: keel.limits.maxConnectionAge }
    console.log(JSON.stringify(line))
    server.close()
  })
})
