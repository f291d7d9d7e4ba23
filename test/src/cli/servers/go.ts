import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { certificate } from '../../certificate.js'
import { compile } from '../../go.js'
import { ownPlace } from './place.js'
import { type Server, startServer } from './server.js'

/** Servers of Go's net/http: what `test/go/server` takes. */
export class GoServers {
  readonly #folder: string

  /** Compiles it. */
  static async build(): Promise<GoServers> {
    const servers = new GoServers(await mkdtemp(join(tmpdir(), 'evenkeel-go-server-')))
    await compile('server', join(servers.#folder, 'server'))
    await writeFile(join(servers.#folder, 'key.pem'), certificate.key)
    await writeFile(join(servers.#folder, 'cert.pem'), certificate.cert)
    return servers
  }

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** @param args such as `-idle 1s`, `-tls` and `-limit 20`. */
  async start(...args: string[]): Promise<Server> {
    const place = await ownPlace()
    const own = ['-address', `${place.host}:${place.port}`, '-certificates', this.#folder]
    return startServer(place, join(this.#folder, 'server'), [...own, ...args])
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true })
  }
}
