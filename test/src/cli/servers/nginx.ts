import { certificate } from '../../certificate.js'
import { missing } from '../../missing.js'
import { ownPlace } from './place.js'
import { type Server, startServer } from './server.js'

export const noNginx: string | false = missing('nginx', '-v')

const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  .map((name) => `${name}_temp_path ${name};`)
  .join('\n')

/**
 * An nginx that answers each request with `ok`.
 *
 * @param directives of its server.
 * @param listen what stands behind the port: `ssl http2`.
 */
export async function startNginx(directives: string, listen = ''): Promise<Server> {
  const place = await ownPlace()
  const secure = listen.includes('ssl') ? 'ssl_certificate cert.pem; ssl_certificate_key key.pem;' : ''
  return startServer(place, 'nginx', ['-p', '.', '-c', 'nginx.conf'], {
    'key.pem': certificate.key,
    'cert.pem': certificate.cert,
    'nginx.conf': `daemon off; master_process off; pid pid; error_log stderr crit;
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
  })
}
