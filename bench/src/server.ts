import type { AddressInfo } from 'node:net'
import { keepAliveTimeout, type Start } from './servers/hello.js'

/** The servers that can be compared: the names of the modules in `servers`. */
export type ServerName = 'node' | 'express' | 'koa' | 'fastify'

/** What the process of a server tells: first its port, then its CPU time, in microseconds, whenever asked. */
export type Told = { readonly port: number } | { readonly cpu: number }

const [name, variant] = process.argv.slice(2)
const { start } = (await import(`./servers/${name}.js`)) as { start: Start }
const server = await start(variant === 'evenkeel')
server.keepAliveTimeout = keepAliveTimeout

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  tell({ cpu: user + system })
})
process.on('disconnect', () => process.exit())
tell({ port: (server.address() as AddressInfo).port })

function tell(told: Told): void {
  process.send?.(told)
}
