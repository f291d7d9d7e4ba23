import TinyQueue from 'tinyqueue'

interface Entry {
  readonly at: number
  readonly act: (at: number) => void
}

/** A fake clock: what is to happen, in the order of time. Milliseconds. */
export class Agenda {
  now = 0
  readonly #entries = new TinyQueue<Entry>([], (a, b) => a.at - b.at)

  at(at: number, act: (at: number) => void): void {
    this.#entries.push({ at, act })
  }

  runUntil(end: number): void {
    for (let next = this.#entries.peek(); next !== undefined && next.at <= end; next = this.#entries.peek()) {
      this.#entries.pop()
      this.now = next.at
      next.act(next.at)
    }
    this.now = end
  }
}
