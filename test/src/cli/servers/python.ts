import { freePort } from '@evenkeel/test-kit/free-port'
import { missing, type Server, startProgram } from './program.js'

export const noPython: string | false = missing('python3', '--version')

const program = `
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
SimpleHTTPRequestHandler.protocol_version = sys.argv[2]
ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), SimpleHTTPRequestHandler).serve_forever()
`

/** Python's http.server, which speaks HTTP/1.0 unless it is told otherwise. */
export async function startPython(version: 'HTTP/1.0' | 'HTTP/1.1'): Promise<Server> {
  const port = await freePort()
  return startProgram(port, 'python3', ['-c', program, String(port), version])
}
