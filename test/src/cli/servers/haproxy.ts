import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownPlace } from './place.js'
import { missing, type Server, startProgram } from './program.js'

export const noHaproxy: string | false = missing('haproxy', '-v')

/** An HAProxy in `mode http` in front of a server of this machine. */
export async function startHaproxy(backend: string, directives: string): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-haproxy-'))
  const place = await ownPlace()
  const file = join(folder, 'haproxy.cfg')
  await writeFile(
    file,
    `defaults
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
  )
  const server = await startProgram(place, 'haproxy', ['-db', '-f', file])
  return {
    ...server,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true })
    },
  }
}
