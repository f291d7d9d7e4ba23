import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { leaveBare, leavePolitely } from './leave.js'
import { hear, tell } from './parent.js'

/** How long a request is worked on, in milliseconds, so that some are always in flight. */
const [leastWork, mostWork] = [2, 10]

/** In milliseconds: no client pauses for so long, and no connection ends for another reason than a restart. */
const keepAliveTimeout = 65_000

const ids: number[] = []

const server = createServer({ keepAliveTimeout }, (request, response) => {
  if (request.url === '/ready') leaving.probe(request, response)
  else request.resume().on('end', () => execute(request, response))
})

// The only difference between the two runs.
const [how, ...durations] = process.argv.slice(2)
const [within = 0, quiet = 0] = durations.map(Number)
const leaving = how === 'bare' ? leaveBare(server, within) : leavePolitely(server, { within, quiet })

/** Does what each request is there for, once it has arrived as a whole: it takes down the request's id. */
function execute({ url = '' }: IncomingMessage, response: ServerResponse): void {
  ids.push(Number(url.slice(1)))
  setTimeout(() => response.end(`executed ${url}`), leastWork + Math.random() * (mostWork - leastWork))
}

hear((command) => {
  if (command.type === 'stop') void tell({ type: 'executed', ids })
})

server.listen(0, '127.0.0.1', () => {
  void tell({ type: 'listening', port: (server.address() as AddressInfo).port })
})

const report = await leaving.left
await tell({ type: 'executed', ids, ...(report === undefined ? {} : { report }) })
process.disconnect?.()
