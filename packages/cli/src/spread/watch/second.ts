/** What happened in a second. */
export interface Second {
  /** The server of each answer over the connections that are kept open. */
  readonly kept: readonly string[]
  /** The server of each new connection. */
  readonly fresh: readonly string[]
  /** How many of those that are kept had to be opened anew, because a server had ended them. */
  readonly reopened: number
  /** Requests without an answer. */
  readonly failed: number
}
