import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { attach } from '@evenkeel/node'
import { generate } from 'selfsigned'
import { answer } from '../child.js'
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
    const server = secure ? createSecureServer(await certificate()) : createServer()
    server.on('request', (_request, response) => response.end(hello))
    attach(server, { maxRequestsPerConnection, jitter: 0 })
    await listening(server.listen(0, '127.0.0.1'))
    return (server.address() as AddressInfo).port
  },
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return user + system
  },
} satisfies ReconnectServerAnswers)

async function certificate(): Promise<{ readonly key: string; readonly cert: string }> {
  const names = [{ name: 'commonName', value: 'localhost' }]
  const pems = await generate(names, { algorithm: 'sha256', keyType: 'ec', curve: 'P-256' })
  return { key: pems.private, cert: pems.cert }
}
