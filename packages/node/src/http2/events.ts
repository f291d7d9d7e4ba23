import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import type { Interceptor } from '../connection/intercept.js'
import type { Watch } from '../connection/watch.js'
import { accept } from './session.js'
import { count } from './stream.js'

/** What each event of a server means to its HTTP/2 sessions. */
export function observeHttp2(watch: Watch, accepted: string): Interceptor {
  /** Node makes a session of a socket at once, but does not say of which socket. */
  let latest: Socket | undefined
  return (event, first, second) => {
    if (event === 'stream') return !count(watch, first as ServerHttp2Stream, second as IncomingHttpHeaders)
    if (event === accepted) latest = first as Socket
    else if (event === 'session') {
      accept(watch, first as ServerHttp2Session, latest)
      latest = undefined
    }
    return false
  }
}
