import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@evenkeel/test-kit/free-port'
import { missing, type Server, startProgram } from './program.js'

export const noHaproxy: string | false = missing('haproxy', '-v')

/** An HAProxy in `mode http` in front of a server of this machine. */
export async function startHaproxy(backend: number, directives: string): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-haproxy-'))
  const port = await freePort()
  const file = join(folder, 'haproxy.cfg')
  await writeFile(
    file,
    `defaults
  mode http
  timeout connect 5s
  timeout server 60s
  timeout client 60s
frontend front
  bind 127.0.0.1:${port}
  ${directives}
  default_backend back
backend back
  server one 127.0.0.1:${backend}
`,
  )
  const server = await startProgram(port, 'haproxy', ['-db', '-f', file])
  return {
    port,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true })
    },
  }
}
