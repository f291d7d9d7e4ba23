/** What can stand in one queue at a time: it knows its place, so that leaving and moving cost no search. */
export interface Member<M extends Member<M>> {
  queue: Queue<M> | undefined
  previous: M | undefined
  next: M | undefined
}

/**
 * First come, first in line. Its links are properties of its members: a list with nodes of its own would cost
 * every connection 56 bytes more.
 */
export class Queue<M extends Member<M>> implements Iterable<M> {
  length = 0
  first: M | undefined = undefined
  #last: M | undefined = undefined
  /** The member that a patrol passed last. */
  #passed: M | undefined = undefined

  /** Puts a member at the end, wherever it stood before. */
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

  /** Up to so many members: each call goes on where the last one ended, and at the end begins again. */
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
