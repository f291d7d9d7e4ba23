import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2'
import type { Interceptor } from '../intercept.js'
import type { Watch } from '../watch.js'
import { accept } from './accept.js'
import { count } from './count.js'

/** What each event of a server means to its HTTP/2 sessions. */
export function observeHttp2(watch: Watch): Interceptor {
  return (event, first, second) => {
    if (event === 'stream') count(watch, first as ServerHttp2Stream, second as IncomingHttpHeaders)
    else if (event === 'session') accept(watch, first as ServerHttp2Session)
    return false
  }
}
