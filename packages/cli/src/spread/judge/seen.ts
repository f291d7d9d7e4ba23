/** A connection, and which servers its answers named. In a list they stand in the order in which they were opened. */
export interface SeenConnection {
  /** The local address that it was opened from. */
  readonly from: string
  /** Whether it was opened after connections of a server had been closed. */
  readonly isLater: boolean
  /** The server of each answer, in order. Answers without a name are left out. */
  readonly servers: readonly string[]
}

/** That connections of one server were closed, to see where the next ones go. */
export interface Closed {
  readonly server: string
  /** With how many of the next ones the server has no more connections than any other, if all go there. */
  readonly room: number
}

/** What was seen of what is in front. */
export interface Seen {
  readonly connections: readonly SeenConnection[]
  readonly closed: Closed | undefined
}

/** The server that each connection reached first, in the order in which they were opened. */
export function firstServers(connections: readonly SeenConnection[]): string[] {
  return connections.flatMap(({ servers }) => servers.slice(0, 1))
}

/** How often each is named, in the order of their names. */
export function tally(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  const order = new Intl.Collator('en', { numeric: true })
  return new Map([...counts].sort(([a], [b]) => order.compare(a, b)))
}
