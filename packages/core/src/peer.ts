import { Node, Yallist } from 'yallist'

/** One peer address, and what it holds. */
export class Peer<Member> {
  readonly address: string
  /** How many connections it has open, in any state. */
  open = 0
  /** Those that are idle, the longest first. */
  readonly idle: Yallist<Member> = new Yallist<Member>()
  /** As many idle connections as this was it ranked with: it may hold fewer by now, never more. 0: not ranked. */
  rank = 0
  /** Its place among the peers of the same rank. */
  readonly place: Node<Peer<Member>>

  constructor(address: string) {
    this.address = address
    this.place = new Node<Peer<Member>>(this)
  }
}

/** The address in a key `remoteAddress:remotePort`, whatever follows behind a slash. */
export function addressOf(key: string): string {
  const [name = key] = key.split('/', 1)
  return name.slice(0, name.lastIndexOf(':'))
}
