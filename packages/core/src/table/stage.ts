/**
 * The stages of a connection's life, and the stages that each one leads to. `closed` is in no list: a connection
 * closes once, from any stage. A move that is not in this table does not compile.
 */
const moves = {
  /** It takes requests. */
  open: ['last', 'marked', 'reading', 'upgraded'],
  /** It has taken its last request. The response does not say so yet. Later requests are dropped or withheld. */
  last: ['marked', 'reading'],
  /** Its last response says so: `Connection: close`. Over HTTP/2 its GOAWAY has left. */
  marked: ['reading', 'waiting'],
  /** Its last response is sent. The server reads what the client still sends. */
  reading: ['waiting'],
  /** The server has ended its own side, and waits for the client's end. */
  waiting: [],
  /** It carries another protocol: a WebSocket, or a tunnel. */
  upgraded: [],
  closed: [],
} as const

/** Where a connection is in its one life. */
export type Stage = keyof typeof moves

/** The stages that a stage leads to. */
export type Next<From extends Stage> = (typeof moves)[From][number]

export const stages: readonly Stage[] = Object.keys(moves) as Stage[]

/** Whether one stage leads to another. */
export function leadsTo(from: Stage, to: Stage): boolean {
  return (moves[from] as readonly Stage[]).includes(to)
}
