/** A member of one queue at a time. It holds its own links, so that a removal costs no search. */
export interface Member<M extends Member<M>> {
  queue: Queue<M> | undefined
  previous: M | undefined
  next: M | undefined
}

/**
 * First in, first out. The links are properties of the members: a list with nodes of its own would cost 56 bytes more
 * for each connection.
 */
export class Queue<M extends Member<M>> implements Iterable<M> {
  length = 0
  first: M | undefined = undefined
  #last: M | undefined = undefined
  /** The member that a patrol passed last. */
  #passed: M | undefined = undefined

  /** Moves a member to the end of this queue, from any queue. */
  push(member: M): void {
    if (member === this.#last) return
    member.queue?.remove(member)
    const last = this.#last
    member.queue = this
    member.previous = last
    if (last === undefined) this.first = member
    else last.next = member
    this.#last = member
    this.length++
  }

  /** Takes out a member of this queue. */
  remove(member: M): void {
    const { previous, next } = member
    if (previous === undefined) this.first = next
    else previous.next = next
    if (next === undefined) this.#last = previous
    else next.previous = previous
    if (this.#passed === member) this.#passed = previous
    member.queue = undefined
    member.previous = undefined
    member.next = undefined
    this.length--
  }

  /**
   * The next `count` members at most. Each call goes on where the last one ended, and starts again after the last
   * member.
   */
  patrol(count: number): readonly M[] {
    const members: M[] = []
    while (members.length < Math.min(count, this.length)) {
      const member: M | undefined = this.#passed?.next ?? this.first
      if (member === undefined) break
      members.push(member)
      this.#passed = member
    }
    return members
  }

  *[Symbol.iterator](): Generator<M> {
    for (let member = this.first; member !== undefined; member = member.next) yield member
  }
}
