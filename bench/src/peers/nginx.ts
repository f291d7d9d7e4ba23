import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@evenkeel/test-kit/free-port'
import { nodeServers } from './node-servers.js'
import type { Peer } from './peer.js'
import type { Plan } from './plan.js'
import { startListening } from './program.js'
import { type Front, Site } from './site.js'

export const nginx: Peer = {
  name: 'nginx in front, `keepalive_requests`',
  needs: { command: 'nginx', version: '-v' },
  start: (plan) =>
    Site.open(plan.serversAtFirst, nodeServers('bare', plan), {
      startFront: (ports) => startNginx(plan, ports),
    }),
}

async function startNginx({ limit }: Plan, ports: readonly number[]): Promise<Front> {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-nginx-'))
  const file = join(folder, 'nginx.conf')
  const port = await freePort()
  const write = (servers: readonly number[]): Promise<void> =>
    writeFile(file, configuration(folder, port, limit, servers))
  await write(ports)
  const program = await startListening('nginx', ['-e', 'stderr', '-c', file], port)
  return {
    ...program,
    async extend(servers) {
      await write(servers)
      process.kill(program.pid, 'SIGHUP')
    },
    async end() {
      await program.end()
      await rm(folder, { recursive: true })
    },
  }
}

function configuration(folder: string, port: number, limit: number, servers: readonly number[]): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
    daemon off;
    worker_processes auto;
    pid ${folder}/pid;
    events { worker_connections 1024; }
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}
      upstream servers {
        zone servers 64k;
        ${servers.map((server) => `server 127.0.0.1:${server};`).join('\n')}
        keepalive 64;
      }
      server {
        listen 127.0.0.1:${port};
        keepalive_requests ${limit};
        keepalive_timeout 65s;
        location / {
          proxy_pass http://servers;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
        }
      }
    }
  `
}
