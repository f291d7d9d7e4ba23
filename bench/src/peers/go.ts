import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Peer } from './peer.js'
import { startTelling } from './program.js'
import { Site } from './site.js'

const source = fileURLToPath(new URL('../../go/server.go', import.meta.url))
const program = fileURLToPath(new URL('../../dist/go-server', import.meta.url))

/** It needs the standard library alone, so nothing is to be fetched. */
const env = { ...process.env, GO111MODULE: 'off', GOFLAGS: '', GOTOOLCHAIN: 'local', GOPROXY: 'off' }

export const go: Peer = {
  name: 'Go, a counter by hand',
  needs: { command: 'go', version: 'version' },
  async start({ serversAtFirst, limit }) {
    await promisify(execFile)('go', ['build', '-o', program, source], { env })
    return Site.open(serversAtFirst, (number) => startTelling(program, [`${number}`, `${limit}`]))
  },
}
