import type { AddressInfo } from 'node:net'
import { answer } from './child.js'
import { cpuTime } from './cpu.js'
import { fleet } from './servers/fleet.js'
import { type Kind, keepAliveTimeout, type Start } from './servers/hello.js'
import { watch } from './servers/watch.js'

/** The servers that can be compared: the names of the modules in `servers`. */
export type ServerName = 'node' | 'express' | 'koa' | 'fastify'

/** What the process of a server can be asked. */
export type ServerAnswers = {
  port(): number
  /** User and system, in microseconds. */
  cpu(): number
}

const [name, variant] = process.argv.slice(2)
const { start } = (await import(`./servers/${name}.js`)) as { start: Start }
const server =
  variant === 'fleet' ? await fleet() : await start(variant === 'watched' ? 'evenkeel' : (variant as Kind))
if (variant === 'watched') watch(server)
server.keepAliveTimeout = keepAliveTimeout

answer({
  port: () => (server.address() as AddressInfo).port,
  cpu: cpuTime,
} satisfies ServerAnswers)
