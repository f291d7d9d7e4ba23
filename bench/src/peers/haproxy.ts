import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@evenkeel/test-kit/free-port'
import { nodeServers } from './node-servers.js'
import type { Peer } from './peer.js'
import { startListening } from './program.js'
import { type Front, Site } from './site.js'

export const haproxy: Peer = {
  name: 'HAProxy `mode http` in front',
  needs: { command: 'haproxy', version: '-v' },
  start: (plan) => Site.open(plan.serversAtFirst, nodeServers('bare', plan), { startFront: startHaproxy }),
}

async function startHaproxy(ports: readonly number[]): Promise<Front> {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-haproxy-'))
  const [file, admin] = [join(folder, 'haproxy.cfg'), join(folder, 'admin')]
  const port = await freePort()
  await writeFile(file, configuration(admin, port, ports))
  const program = await startListening('haproxy', ['-q', '-db', '-f', file], port)
  return {
    ...program,
    async extend(servers) {
      for (const server of servers.slice(ports.length)) {
        await command(admin, `add server servers/${server} 127.0.0.1:${server}`)
        await command(admin, `enable server servers/${server}`)
      }
    },
    async end() {
      await program.end()
      await rm(folder, { recursive: true })
    },
  }
}

/** One command a connection: that is how its runtime API works. */
async function command(admin: string, text: string): Promise<void> {
  const socket = connect(admin).resume()
  socket.write(`${text}\n`)
  await once(socket, 'close')
}

function configuration(admin: string, port: number, servers: readonly number[]): string {
  return `
global
  stats socket ${admin} level admin
defaults
  mode http
  timeout connect 5s
  timeout client 65s
  timeout server 60s
frontend clients
  bind 127.0.0.1:${port}
  default_backend servers
backend servers
  balance roundrobin
${servers.map((server) => `  server ${server} 127.0.0.1:${server}`).join('\n')}
`
}
