import { freePort } from '@evenkeel/test-kit/free-port'
import { startProgram } from '../program/program.js'
import { saying } from '../program/ready.js'
import { noHaproxy } from '../servers/haproxy.js'
import type { Balancer } from './balancer.js'

/** HAProxy in TCP mode, with as many threads as it starts by itself. */
export function haproxy(balance: string): Balancer {
  return {
    name: `HAProxy, mode tcp, balance ${balance}`,
    missing: noHaproxy,
    async start(ports) {
      const port = await freePort()
      const { stop } = await startProgram({
        command: 'haproxy',
        args: ['-W', '-db', '-f', 'haproxy.cfg'],
        ready: saying(/Loading success/),
        files: { 'haproxy.cfg': configuration(port, balance, ports) },
      })
      return { url: `http://127.0.0.1:${port}/`, end: stop }
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
