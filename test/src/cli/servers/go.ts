import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { certificate } from '../../certificate.js'
import { missing } from '../program/missing.js'
import { ownPlace } from './place.js'
import { type Server, startServer } from './server.js'

export const noGo: string | false = missing('go', 'version')

const source = join(import.meta.dirname, '../../../go/server/main.go')
/** It needs the standard library alone, so nothing is to be fetched. */
const env = { ...process.env, GO111MODULE: 'off', GOFLAGS: '', GOTOOLCHAIN: 'local', GOPROXY: 'off' }

/** A server of Go's net/http: what `main.go` takes. */
export class GoServers {
  readonly #folder: string

  /** Compiles it. */
  static async build(): Promise<GoServers> {
    const servers = new GoServers(await mkdtemp(join(tmpdir(), 'evenkeel-go-server-')))
    await promisify(execFile)('go', ['build', '-o', join(servers.#folder, 'server'), source], { env })
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
