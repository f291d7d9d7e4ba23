import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { attach } from '@evenkeel/node'
import { bodyOf } from '../apps/app.js'

/** What the server did since it was asked last. */
export interface Report {
  /** How often the application was called for each path. */
  readonly executions: Readonly<Record<string, number>>
  readonly opened: number
  /** Connections that served their ten requests. */
  readonly retired: number
}

// A process of its own, forked by the test: gives its port when it listens, and a report for every message.
let executions: Record<string, number> = {}
let before = { opened: 0, retired: 0 }

const server = createServer((request, response) => {
  const path = request.url ?? ''
  executions[path] = (executions[path] ?? 0) + 1
  bodyOf(request).then(
    (body) => response.end(body),
    () => response.destroy(),
  )
})
const keel = attach(server, { maxRequestsPerConnection: 10, jitter: 0 })

process.on('message', () => {
  const { opened, retired } = keel.snapshot().totals
  process.send?.({
    executions,
    opened: opened - before.opened,
    retired: retired['max-requests'] - before.retired,
  } satisfies Report)
  executions = {}
  before = { opened, retired: retired['max-requests'] }
})

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
