import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import {
  channelNames,
  type Event,
  type EventOf,
  type HttpServer,
  type Keel,
  type Message,
} from '@evenkeel/node'
import { Gate } from '../wire/gate.js'

export const eventTypes = Object.keys(channelNames) as readonly Event['type'][]

/** Everything that a server's keel tells, and what is published of that server meanwhile. */
export class Heard {
  readonly events: Event[] = []
  readonly messages: Message[] = []
  readonly #gate = new Gate()
  readonly #server: HttpServer

  constructor(keel: Keel, server: HttpServer) {
    this.#server = server
    for (const type of eventTypes) {
      keel.on(type, (event: Event) => {
        this.events.push(event)
        this.#gate.notify()
      })
      subscribe(channelNames[type], this.#publish)
    }
  }

  readonly #publish = (message: unknown, name: string | symbol): void => {
    const published = message as Message
    if (published.server !== this.#server) return
    assert.equal(name, channelNames[published.type])
    this.messages.push(published)
  }

  /** The events of a type, in the order in which they were told; of one connection, if its key is given. */
  of<Type extends Event['type']>(type: Type, key?: string): readonly EventOf<Type>[] {
    return this.events.filter(
      (event): event is EventOf<Type> => event.type === type && (key === undefined || keyOf(event) === key),
    )
  }

  /** The one event of a type. */
  only<Type extends Event['type']>(type: Type, key?: string): EventOf<Type> {
    const [event, ...others] = this.of(type, key)
    assert.ok(event, `no event '${type}'`)
    assert.deepEqual(others, [])
    return event
  }

  /** What was told of one connection, type by type. */
  story(key: string): readonly Event['type'][] {
    return this.events.filter((event) => keyOf(event) === key).map(({ type }) => type)
  }

  /** Waits until there have been so many events of a type. */
  until(type: Event['type'], count = 1): Promise<void> {
    return this.#gate.until(() => this.of(type).length >= count)
  }

  /** What was published is what listeners were told, and the server. */
  assertPublished(): void {
    assert.deepEqual(
      this.messages,
      this.events.map((event) => ({ ...event, server: this.#server })),
    )
    for (const told of [...this.events, ...this.messages]) {
      assert.ok(Object.isFrozen(told), `'${told.type}' is frozen`)
      if ('connection' in told) assert.ok(Object.isFrozen(told.connection), `its connection is frozen`)
    }
  }

  stop(): void {
    for (const type of eventTypes) unsubscribe(channelNames[type], this.#publish)
  }
}

function keyOf(event: Event): string | undefined {
  if (event.type === 'refuse') return event.key
  return 'connection' in event ? event.connection.key : undefined
}
