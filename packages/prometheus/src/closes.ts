import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { type CloseEvent, channelNames, type Keel } from '@evenkeel/node'
import type { Group } from './source.js'

/** Listens to the closes of all keels of a group, and of those that join it later. */
export class Closes {
  readonly #group: Group
  readonly #listener: (event: CloseEvent) => void
  #followed: ReadonlySet<Keel> = new Set()
  readonly #follow = (): void => this.follow()

  constructor(group: Group, listener: (event: CloseEvent) => void) {
    this.#group = group
    this.#listener = listener
    this.follow()
    // A server that its application meets with its first request joins before any of its connections closes.
    if (group.isLive) subscribe(channelNames.open, this.#follow)
  }

  /** Listens to keels that have come, and no more to those that have gone. */
  follow(): void {
    const present = new Set(this.#group.keels)
    for (const keel of present) if (!this.#followed.has(keel)) keel.on('close', this.#listener)
    for (const keel of this.#followed) if (!present.has(keel)) keel.off('close', this.#listener)
    this.#followed = present
  }

  stop(): void {
    if (this.#group.isLive) unsubscribe(channelNames.open, this.#follow)
    for (const keel of this.#followed) keel.off('close', this.#listener)
    this.#followed = new Set()
  }
}
