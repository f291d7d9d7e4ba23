import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { attach } from '@evenkeel/node'
import { makeCertificate } from '@evenkeel/test-kit/certificate'
import { answer } from '../child.js'
import { cpuTime } from '../cpu.js'
import { hello } from '../servers/hello.js'
import { listening } from '../servers/listening.js'

/** What the process of a server can be asked. */
export type ReconnectServerAnswers = {
  /** Starts the server, and tells its port. Each connection serves so many requests. */
  start(secure: boolean, requests: number): Promise<number>
  /** User and system, in microseconds. */
  cpu(): number
}

answer({
  start: async (secure, maxRequestsPerConnection) => {
    const server = secure ? createSecureServer(await makeCertificate()) : createServer()
    server.on('request', (_request, response) => response.end(hello))
    attach(server, { maxRequestsPerConnection, jitter: 0 })
    await listening(server.listen(0, '127.0.0.1'))
    return (server.address() as AddressInfo).port
  },
  cpu: cpuTime,
} satisfies ReconnectServerAnswers)
