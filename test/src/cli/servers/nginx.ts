import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { certificate } from '../../certificate.js'
import { ownPlace } from './place.js'
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
  const place = await ownPlace()
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
         listen ${place.host}:${place.port} ${listen};
         ${secure}
         ${directives}
         location / { return 200 ok; }
       }
     }`,
  )
  const server = await startProgram(place, 'nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')])
  return {
    ...server,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true })
    },
  }
}
