import assert from 'node:assert/strict'
import type { CloseEvent, ConnectionInfo, Keel, Reason, RetireEvent, Totals } from '@evenkeel/node'

/**
 * Keeps books of its own from a keel's events, and compares. Listeners may not throw, so what is wrong is noted
 * and said when it is asked for.
 */
export class Ledger {
  /** Every key there ever was. */
  readonly keys: Set<string> = new Set()
  /** Says, from the other side, whether a connection with this key has something in flight or was upgraded. */
  isBusy: (key: string) => boolean = () => false
  /** Says whether there is still a socket behind this key. */
  isAlive: (key: string) => boolean = () => true
  readonly #keel: Keel
  readonly #wrong = new Set<string>()
  /** What is open, by key: the reason of each, because one port can reach two addresses of ours. */
  readonly #open = new Map<string, (Reason | undefined)[]>()
  #size = 0
  #opened = 0
  #closed = 0
  #retired = 0
  #refused = 0
  #events = 0
  #before: Totals
  #detached = false

  constructor(keel: Keel) {
    this.#keel = keel
    this.#before = keel.snapshot().totals
    keel.on('open', ({ connection }) => this.#note(() => this.#opens(connection)))
    keel.on('retire', (event) => this.#note(() => this.#retires(event)))
    keel.on('close', (event) => this.#note(() => this.#closes(event)))
    keel.on('refuse', () => this.#note(() => this.#refused++))
  }

  /** From here on there may be no event, and what is open is nobody's business. */
  detached(): void {
    this.#detached = true
    this.#open.clear()
    this.#size = 0
  }

  /** Compares the keel's own numbers with each other, with those before and with the books. */
  check(): void {
    const snapshot = this.#keel.snapshot()
    const { connections, totals } = snapshot
    assert.equal(negative(snapshot), undefined)
    for (const name of ['opened', 'closed', 'requests', 'destroyed', 'refused'] as const)
      assert.ok(totals[name] >= this.#before[name], `${name} only grows`)
    this.#before = totals
    const byState = connections.new + connections.active + connections.idle + connections.upgraded
    assert.equal(byState, connections.total, 'the states make up the total')
    assert.equal(connections.total, this.#size, 'what is open has opened and not closed')
    if (this.#detached) return
    assert.equal(totals.opened - totals.closed, connections.total, 'opened - closed = open')
    const excess = connections.total - this.#keel.limits.maxConnections
    // Node lets the next one in when a socket is destroyed, a turn before it tells so.
    if (excess > 0) assert.ok(excess <= this.#dying(), `${excess} more are open than may be`)
    const reasons = new Map<string, (Reason | undefined)[]>()
    for (const { key, retired } of this.#keel.connections()) add(reasons, key, retired)
    for (const [key, expected] of this.#open)
      assert.deepEqual(reasons.get(key)?.sort(), expected.sort(), `the reason of ${key} is the first`)
  }

  /** Everything has closed: says so, and what was wrong on the way. */
  assertSettled(): void {
    assert.deepEqual([...this.#wrong], [])
    this.check()
    assert.deepEqual([...this.#keel.connections()], [])
    const { connections, totals } = this.#keel.snapshot()
    assert.deepEqual(connections, { new: 0, active: 0, idle: 0, upgraded: 0, total: 0 })
    assert.deepEqual(
      [totals.opened, totals.closed, totals.refused],
      [this.#opened, this.#closed, this.#refused],
    )
    assert.equal(sum(totals.retired), this.#retired)
    if (!this.#detached) assert.equal(totals.opened, totals.closed)
  }

  #dying(): number {
    return [...this.#keel.connections()].filter(({ key }) => !this.isAlive(key)).length
  }

  #opens({ key, retired }: ConnectionInfo): void {
    assert.equal(retired, undefined)
    add(this.#open, key, undefined)
    this.keys.add(key)
    this.#size++
    this.#opened++
  }

  #retires({ connection: { key, state, inFlight, retired }, reason }: RetireEvent): void {
    this.#take(key, undefined, `${key} is retired while it is open, and once`)
    add(this.#open, key, reason)
    assert.equal(retired, reason)
    this.#retired++
    if (reason !== 'evicted') return
    assert.equal(inFlight, 0, `${key} is evicted with nothing in flight`)
    assert.ok(state === 'new' || state === 'idle', `${key} is evicted when it is ${state}`)
    assert.ok(!this.isBusy(key), `${key} is evicted when the application is busy with it`)
  }

  #closes({ connection: { key, retired, state }, reason }: CloseEvent): void {
    this.#size--
    this.#closed++
    this.#take(key, reason, `${key} closes when it is open, and for the reason that it was retired for`)
    assert.equal(state, 'closed')
    assert.equal(retired, reason)
  }

  #take(key: string, reason: Reason | undefined, message: string): void {
    const reasons = this.#open.get(key) ?? []
    assert.ok(reasons.includes(reason), message)
    reasons.splice(reasons.indexOf(reason), 1)
    if (reasons.length === 0) this.#open.delete(key)
  }

  #note(look: () => void): void {
    try {
      assert.ok(!this.#detached, 'nothing is told after detach()')
      look()
      // All of it for some of the events, because it looks at every connection.
      if (this.#size < 30 || this.#events++ % 100 === 0) this.check()
    } catch (error) {
      this.#wrong.add((error as Error).message)
    }
  }
}

function add<Value>(to: Map<string, Value[]>, key: string, value: Value): void {
  const values = to.get(key)
  if (values === undefined) to.set(key, [value])
  else values.push(value)
}

function sum(totals: Readonly<Record<string, number>>): number {
  return Object.values(totals).reduce((left, right) => left + right, 0)
}

/** A number of a snapshot that is below 0, and where it stands. It is looked for at every event: nothing is built. */
function negative(of: object): string | undefined {
  for (const name in of) {
    const value = (of as Readonly<Record<string, unknown>>)[name]
    if (typeof value === 'number' && !(value >= 0)) return `${name} is ${value}`
    const within = typeof value === 'object' && value !== null ? negative(value) : undefined
    if (within !== undefined) return `${name}.${within}`
  }
  return undefined
}
