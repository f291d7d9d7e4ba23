import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@evenkeel/test-kit/free-port'
import { certificate } from '../../certificate.js'
import { missing, type Server, startProgram } from './program.js'

export const noNginx: string | false = missing('nginx', '-v')

/**
 * An nginx that answers each request with `ok`.
 *
 * @param directives of its server.
 * @param listen what stands behind the port: `ssl http2`.
 */
export async function startNginx(directives: string, listen = ''): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'evenkeel-nginx-'))
  const port = await freePort()
  await writeFile(join(folder, 'key.pem'), certificate.key)
  await writeFile(join(folder, 'cert.pem'), certificate.cert)
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n')
  const secure = listen.includes('ssl')
    ? `ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;`
    : ''
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr crit;
     events { worker_connections 128; }
     http {
       access_log off;
       ${paths}
       server {
         listen 127.0.0.1:${port} ${listen};
         ${secure}
         ${directives}
         location / { return 200 ok; }
       }
     }`,
  )
  const server = await startProgram(port, 'nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')])
  return {
    port,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true })
    },
  }
}
