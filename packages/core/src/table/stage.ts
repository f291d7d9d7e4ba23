/**
 * The one life of a connection: its stages, and to which others each of them leads. All of them end in `closed`, which
 * is not moved to: a connection is closed once, from wherever it is. A move that does not stand here does not compile.
 */
const moves = {
  /** It takes requests. */
  open: ['last', 'marked', 'reading', 'upgraded'],
  /** It has taken its last request, whose response does not say so yet. What comes behind is dropped or withheld. */
  last: ['marked', 'reading'],
  /** Its last response says so: `Connection: close`. Over HTTP/2 its GOAWAY has left. */
  marked: ['reading', 'waiting'],
  /** Its last response is sent. The rest of what its client sends is read. */
  reading: ['waiting'],
  /** The server has ended its own side. Only the client's end is awaited. */
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
