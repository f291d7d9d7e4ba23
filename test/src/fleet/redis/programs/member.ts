import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { createFleet, redisStore } from '@evenkeel/fleet'
import { attach } from '@evenkeel/node'

/** A server in a fleet. It tells its port and its states in lines of JSON, and does what it is told on its standard input. */
const { url = '', interval = 100 } = JSON.parse(process.argv[2] ?? '{}')
const server = createServer((_, response) => response.end('ok'))
const fleet = createFleet({ store: redisStore(url), interval })
// It reports as soon as it listens.
const keel = attach(server, { fleet, random: () => 0 })
const tell = (line: object): boolean => process.stdout.write(`${JSON.stringify(line)}\n`)
keel.on('fleet', ({ state }) => tell({ state }))
process.on('warning', ({ message }) => tell({ warning: message }))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
tell({ port: (server.address() as AddressInfo).port })

for await (const line of createInterface(process.stdin)) {
  const [act, milliseconds] = line.split(' ')
  if (act === 'stall') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(milliseconds))
  else break
}
server.close()
server.closeAllConnections()
process.stdin.destroy()
