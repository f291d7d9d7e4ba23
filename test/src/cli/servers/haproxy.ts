import { missing } from '../../missing.js'
import { ownPlace } from './place.js'
import { type Server, startServer } from './server.js'

export const noHaproxy: string | false = missing('haproxy', '-v')

/** An HAProxy in `mode http` in front of a server of this machine. */
export async function startHaproxy(backend: string, directives: string): Promise<Server> {
  const place = await ownPlace()
  return startServer(place, 'haproxy', ['-db', '-f', 'haproxy.cfg'], {
    'haproxy.cfg': `defaults
  mode http
  timeout connect 5s
  timeout server 60s
  timeout client 60s
frontend front
  bind ${place.host}:${place.port}
  ${directives}
  default_backend back
backend back
  server one ${backend}
`,
  })
}
