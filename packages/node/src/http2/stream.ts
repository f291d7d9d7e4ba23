import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2'
import { begin } from '../connection/begin.js'
import { retire } from '../connection/retire.js'
import type { Watch } from '../connection/watch.js'
import { closeBehindStreams, isWithheld, sayGoaway } from './goaway.js'
import { accept } from './session.js'

/**
 * Counts a stream, and retires its session if that was the last. Streams that were read together with it are still
 * served, because a refusal would cost their clients a retry. So a session can serve more than its limit. False if
 * the stream must not reach the application: the session has said GOAWAY.
 */
export function count(watch: Watch, stream: ServerHttp2Stream, headers: IncomingHttpHeaders): boolean {
  const { session } = stream
  if (session === undefined) return true
  const connection = accept(watch, session as ServerHttp2Session)
  const { tracker, limits } = watch
  if (isWithheld(connection, stream)) {
    tracker.late(connection, limits.clock.now())
    return false
  }
  begin(watch, connection, { method: headers[':method'], url: headers[':path'], headers })
  stream.on('close', () => {
    tracker.finish(connection, limits.clock.now())
    closeBehindStreams(connection)
  })
  const now = limits.clock.now()
  const reason = tracker.decide(connection, now)
  // A session that was retired before ends after its first stream at the latest.
  if (reason !== undefined && !retire(connection, reason, now)) sayGoaway(connection)
  return true
}
