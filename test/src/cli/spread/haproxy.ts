import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@evenkeel/test-kit/free-port'
import { noHaproxy } from '../servers/haproxy.js'
import type { Balancer } from './balancer.js'
import { startProgram } from './program.js'

/** HAProxy in TCP mode, with as many threads as it starts by itself. */
export function haproxy(balance: string): Balancer {
  return {
    name: `HAProxy, mode tcp, balance ${balance}`,
    missing: noHaproxy,
    async start(ports) {
      const port = await freePort()
      const folder = await mkdtemp(join(tmpdir(), 'evenkeel-haproxy-'))
      const file = join(folder, 'haproxy.cfg')
      await writeFile(file, configuration(port, balance, ports))
      const end = await startProgram('haproxy', ['-W', '-db', '-f', file], /Loading success/)
      return {
        url: `http://127.0.0.1:${port}/`,
        end: async () => {
          await end()
          await rm(folder, { recursive: true })
        },
      }
    },
  }
}

function configuration(port: number, balance: string, ports: readonly number[]): string {
  const servers = ports.map((each, place) => `  server s${place} 127.0.0.1:${each}`)
  return `
defaults
  mode tcp
  timeout connect 5s
  timeout client 60s
  timeout server 60s
listen balancer
  bind 127.0.0.1:${port}
  balance ${balance}
${servers.join('\n')}
`
}
