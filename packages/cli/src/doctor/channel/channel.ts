/** What is spoken on a connection. */
export type Protocol = 'http/1' | 'http/2'

/** One response, as far as anybody asks about it. */
export interface Answer {
  readonly status: number
  /** Names are in lower case. */
  readonly headers: ReadonlyMap<string, string>
  /** The first 16 kB. */
  readonly body: string
}

/** How a connection ended, and when by `performance.now()`. */
export interface Ending {
  readonly how: 'fin' | 'reset'
  readonly at: number
}

/** One connection to the server. */
export interface Channel {
  readonly protocol: Protocol
  /** When it was open, by `performance.now()`. */
  readonly openedAt: number
  /** Whether the server has said that it takes no more requests: `Connection: close`, or GOAWAY. */
  readonly isLeaving: boolean
  /** How the server has ended it. */
  readonly ending: Ending | undefined
  /** The same, once it has. It stays open where the command ends it. */
  readonly ended: Promise<Ending>
  /**
   * Sends a request and waits for its answer: `undefined` where the connection ends without one.
   *
   * @throws {CouldNotRun} where neither comes in time.
   */
  exchange(): Promise<Answer | undefined>
  close(): void
}
