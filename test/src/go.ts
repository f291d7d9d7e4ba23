import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { missing } from './missing.js'

/** Why tests with a program in Go are left out, for a test's `skip`. */
export const noGo: string | false = missing('go', 'version')

const sources = join(import.meta.dirname, '../go')

/** They need the standard library alone, so nothing is to be fetched. */
const env = { ...process.env, GO111MODULE: 'off', GOFLAGS: '', GOTOOLCHAIN: 'local', GOPROXY: 'off' }

/** Compiles a program of `test/go` into a file. */
export async function compile(name: string, file: string): Promise<void> {
  await promisify(execFile)('go', ['build', '-o', file, join(sources, name, 'main.go')], { env })
}
