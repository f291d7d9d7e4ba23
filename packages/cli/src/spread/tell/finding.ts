/** `unknown` is what could not be told. Only `bad` is told by the exit code. */
export type Level = 'fine' | 'note' | 'bad' | 'unknown'

/** One thing that has been found out. */
export interface Finding {
  readonly check:
    | 'servers'
    | 'a connection'
    | 'the choice'
    | 'evenness'
    | 'ends'
    | 'failures'
    | 'a new server'
  readonly level: Level
  readonly seen: string
  readonly verdict: string
  /** What to do about it; nothing where there is nothing to do. */
  readonly cure?: string
}

/** What moves load at layer 4. */
export const moveLoad = 'limit the requests or the age of a connection on the servers: evenkeel plan says how'
