/** What is known of the timer by which Node ends the idle connections of a server. */
export class IdleTimer {
  /** Whether the server's own timeouts are ours. */
  tuned = false
  /** How long an idle connection is kept beyond Node's own timer, in milliseconds. */
  extension = 0
  /** Connections that the server has closed because they were idle. */
  closes = 0
}
