import assert from 'node:assert/strict'
import { attach, type Keel, type ServerOptions } from '@evenkeel/node'
import { type Time, timed } from '../../drain/time.js'
import { Listener } from './listener.js'
import { CrowdServer, polite } from './server.js'
import { Talker } from './talker.js'
import { Visitor } from './visitor.js'

/** How many there are of each; half of those with long streams want to say goodbye. */
export const size = { talkers: 50, listeners: 26, visitors: 50 }

/** Many clients of each sort, which all do something in each round. */
export class Crowd {
  readonly time: Time
  readonly server: CrowdServer = new CrowdServer()
  readonly talkers: Talker[] = []
  readonly listeners: Listener[] = []
  readonly visitors: Visitor[] = []
  #keel: Keel | undefined
  #pushed = 0

  constructor(time: Time) {
    this.time = time
  }

  get keel(): Keel {
    assert.ok(this.#keel)
    return this.#keel
  }

  /** @param options none for a bare server. */
  async gather(options: ServerOptions | undefined, again: boolean): Promise<void> {
    if (options !== undefined) this.#keel = attach(this.server.server, options)
    const port = await this.server.listen()
    for (let index = 0; index < size.visitors; index++) this.visitors.push(new Visitor(port))
    for (let index = 0; index < size.listeners; index++)
      this.listeners.push(new Listener(`http://127.0.0.1:${port}/events${pathOf(index)}`, again))
    const urls = Array.from({ length: size.talkers }, (_, index) => `ws://127.0.0.1:${port}${pathOf(index)}`)
    this.talkers.push(...(await Promise.all(urls.map((url) => Talker.connect(url)))))
    await Promise.all(this.listeners.map((one) => one.until(() => one.streams > 0)))
    await this.round()
  }

  get polite(): { readonly talkers: readonly Talker[]; readonly listeners: readonly Listener[] } {
    return { talkers: this.talkers.filter(isPolite), listeners: this.listeners.filter(isPolite) }
  }

  get others(): { readonly talkers: readonly Talker[]; readonly listeners: readonly Listener[] } {
    const isOther = (_: unknown, index: number): boolean => !isPolite(_, index)
    return { talkers: this.talkers.filter(isOther), listeners: this.listeners.filter(isOther) }
  }

  /** Everyone does something, while that much time goes by. */
  async round(milliseconds = 0): Promise<void> {
    this.server.push()
    this.#pushed++
    await Promise.all([
      ...this.talkers.map((talker) => talker.talk()),
      ...this.visitors.map((visitor) => visitor.visit()),
      this.time.pass(milliseconds),
    ])
  }

  /** All that was sent has come, and nothing was wrong. */
  async assertWell(): Promise<void> {
    const { listeners } = this.others
    await Promise.all(
      listeners.map((one) => one.until(() => one.received === this.#pushed || one.wrong.length > 0)),
    )
    const all = [...this.talkers, ...this.listeners, ...this.visitors]
    assert.deepEqual(
      all.flatMap(({ wrong }) => wrong),
      [],
    )
  }

  close(): void {
    for (const client of [...this.talkers, ...this.listeners, ...this.visitors]) client.close()
    this.server.close()
  }
}

function isPolite(_: unknown, index: number): boolean {
  return index % 2 === 0
}

function pathOf(index: number): string {
  return isPolite(undefined, index) ? polite : '/'
}

/** Runs a test with a crowd, in a time of its own. */
export function crowded(
  { again = false, ...options }: ServerOptions & { readonly again?: boolean },
  test: (crowd: Crowd) => Promise<void>,
): Promise<void> {
  return timed(async (time) => {
    const crowd = new Crowd(time)
    const base: ServerOptions = { clock: time.clock, idleTimeout: 600_000, maxConnectionAge: Infinity }
    try {
      await crowd.gather({ ...base, ...options }, again)
      await test(crowd)
      await crowd.assertWell()
    } finally {
      crowd.close()
    }
  })
}
