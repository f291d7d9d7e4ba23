import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'evenkeel-'))
const path = join(folder, 'socket')
process.on('exit', () => rmSync(folder, { recursive: true }))
process.on('SIGTERM', () => process.exit())
const server = createServer((_request, response) => response.end('ok'))
server.listen(path, () => console.log(JSON.stringify({ path })))
