/** What is known of the timer by which Node ends the idle connections of a server. */
export class IdleTimer {
  /** Whether Even Keel has set the server's own timeouts. */
  tuned = false
  /** How long an idle connection is kept after Node's own timer has fired, in milliseconds. */
  extension = 0
  /** How many connections the server has closed because they were idle. */
  closes = 0
}
