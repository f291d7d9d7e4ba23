import { existsSync } from 'node:fs'
import { freePort } from '@evenkeel/test-kit/free-port'
import { startProgram } from '../program/program.js'
import { saying } from '../program/ready.js'
import { noNginx } from '../servers/nginx.js'
import type { Balancer } from './balancer.js'

const streamModule = '/usr/lib/nginx/modules/ngx_stream_module.so'

const { CI } = process.env

/** Debian has it in a package of its own. In CI it has to be there. */
const noStream: string | false =
  CI === undefined &&
  !existsSync(streamModule) &&
  'no stream module of nginx was found: install libnginx-mod-stream'

export interface Nginx {
  readonly module: 'stream' | 'http'
  /** What stands in `upstream`; nothing for its round robin. */
  readonly method?: string
  readonly workers?: number
}

export function nginx({ module, method = '', workers = 1 }: Nginx): Balancer {
  const how = method === '' ? 'by default' : method
  return {
    name: `nginx ${module}, ${how}, ${workers} ${workers === 1 ? 'worker' : 'workers'}`,
    missing: noNginx || noStream,
    async start(ports) {
      const port = await freePort()
      const { stop } = await startProgram({
        command: 'nginx',
        args: ['-p', '.', '-c', 'nginx.conf', '-e', 'stderr'],
        ready: saying(/start worker process/),
        files: { 'nginx.conf': configuration(module, workers, upstream(module, method, port, ports)) },
      })
      return { url: `http://127.0.0.1:${port}/`, end: stop }
    },
  }
}

function configuration(module: string, workers: number, content: string): string {
  return `
${module === 'stream' ? `load_module ${streamModule};` : ''}
daemon off;
user root;
worker_processes ${workers};
pid nginx.pid;
error_log stderr notice;
events { worker_connections 1000; }
${module} {
${content}
}
`
}

function upstream(module: string, method: string, port: number, ports: readonly number[]): string {
  const servers = ports.map((each) => `    server 127.0.0.1:${each};`).join('\n')
  const pass = module === 'stream' ? 'proxy_pass servers;' : 'location / { proxy_pass http://servers; }'
  return `
  ${module === 'http' ? 'access_log off; keepalive_requests 1000;' : ''}
  upstream servers {
    ${method === '' ? '' : `${method};`}
${servers}
  }
  server { listen 127.0.0.1:${port}; ${pass} }`
}
