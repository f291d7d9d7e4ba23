import { Broadcast } from './broadcast.js'
import { type InspectorOptions, parseInspectorOptions } from './options.js'
import { guarded, readPage } from './page.js'
import { isForeign, refusedHost } from './refusal.js'
import { type Source, Subject } from './subject.js'
import { type Request, type Response, Viewer } from './viewer.js'

/** Answers requests of `node:http` or of `node:http2`'s compatibility API, and so of every framework on them. */
export type InspectorHandler = (request: Request, response: Response) => void

/**
 * A handler that serves one page, live, of what a keel does: connections by state, ages, reasons, the busiest
 * peers. It changes nothing. It shows the addresses of peers, so mount it where only those get who may see them.
 *
 * It answers at whatever path it is mounted; the page's stream is the same path with `?events`. A request whose
 * `Host` is neither an address, nor `localhost`, nor one of `hosts`, is answered 403.
 *
 * @param keel what `attach` returns, or a function that gives it: Express and Koa middleware have their keel from
 *   the first request on.
 * @throws {@link OptionError} for what is no keel, an unknown option, or a value that cannot be used.
 */
export function inspector(keel: Source, options: InspectorOptions = {}): InspectorHandler {
  const { name, maxViewers, hosts } = parseInspectorOptions(options)
  const broadcast = new Broadcast(new Subject(keel), name, maxViewers)
  const page = readPage()
  return (request, response) => {
    const { path, query } = placeOf(request)
    const refused = refusedHost(request, hosts)
    if (refused !== undefined) {
      answer(response, 403, refused)
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      answer(response, 405, `${request.method} is not allowed: this page is only to look at.`, {
        Allow: 'GET, HEAD',
      })
    } else if (path !== '/') {
      answer(response, 404, 'There is nothing here: the page is one path up.')
    } else if (!query.has('events')) {
      send(request, response, page.headers, page.body)
    } else if (isForeign(request)) {
      answer(response, 403, 'Another site asks for this stream, which is only for the page itself.')
    } else if (request.method === 'HEAD') {
      response.writeHead(200, streaming).end()
    } else {
      response.writeHead(200, streaming)
      const viewer = new Viewer(request, response)
      viewer.start(request, () => broadcast.leave(viewer))
      broadcast.join(viewer)
    }
  }
}

const streaming = { ...guarded, 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' }

/** Below its mount, where a framework tells; a handler that is called with the whole path was routed to already. */
function placeOf(request: Request & { originalUrl?: unknown }): { path: string; query: URLSearchParams } {
  const [path = '/', query] = (request.url ?? '/').split('?', 2)
  const mounted = typeof request.originalUrl === 'string' && request.originalUrl !== request.url
  return { path: mounted ? path : '/', query: new URLSearchParams(query) }
}

function send(
  request: Request,
  response: Response,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): void {
  response.writeHead(200, { ...headers, 'Content-Length': String(body.length) })
  if (request.method === 'HEAD') response.end()
  else response.end(body)
}

function answer(
  response: Response,
  status: number,
  sentence: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...guarded, 'Content-Type': 'text/plain; charset=utf-8', ...headers })
  response.end(`${sentence}\n`)
}
