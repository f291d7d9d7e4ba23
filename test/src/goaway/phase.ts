/** Requests that a client sends, many at a time. */
export interface Phase {
  readonly url: string
  readonly method: 'GET' | 'POST'
  /** The sizes of the bodies, in turn. */
  readonly bodies: readonly number[]
  /** How many clients there are, each with connections of its own. */
  readonly clients: number
  /** How many requests each of them has under way at a time. */
  readonly workers: number
  /** How many each worker sends. */
  readonly requests: number
  /** By new clients; those of before stay connected, and idle. */
  readonly fresh: boolean
}

/** What became of them. Each has an id, which is what the answer to it must say. */
export interface Outcome {
  readonly answered: number
  /** How many have failed, by what was said of it. */
  readonly failures: Readonly<Record<string, number>>
}

export interface Client {
  perform(phase: Phase): Promise<Outcome>
  close(): void
}
