import { missing } from '../../missing.js'
import { ownPlace } from './place.js'
import { type Server, startServer } from './server.js'

export const noPython: string | false = missing('python3', '--version')

const program = `
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
SimpleHTTPRequestHandler.protocol_version = sys.argv[3]
ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), SimpleHTTPRequestHandler).serve_forever()
`

/** Python's http.server, which speaks HTTP/1.0 unless it is told otherwise. */
export async function startPython(version: 'HTTP/1.0' | 'HTTP/1.1'): Promise<Server> {
  const place = await ownPlace()
  return startServer(place, 'python3', ['-c', program, place.host, String(place.port), version])
}
