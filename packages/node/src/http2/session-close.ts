import type { ServerHttp2Session } from 'node:http2'
import { clearDeadlines } from '../connection/deadline.js'
import { connectionOfSession } from './connection.js'

/** The record ends with its session, and the session with its socket. */
export function onSessionClose(this: ServerHttp2Session): void {
  const connection = connectionOfSession(this)
  if (connection === undefined) return
  const { tracker, limits } = connection.transport.watch
  clearDeadlines(connection)
  // Node has closed its own side by now, whoever ended the session. So only the record can tell.
  tracker.close(connection, connection.retired === undefined ? 'client' : 'server', limits.clock.now())
}
