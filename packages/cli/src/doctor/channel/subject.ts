import { setMaxListeners } from 'node:events'
import type { Budget } from '../../command/budget.js'
import type { Channel, Protocol } from './channel.js'
import { Http1Channel } from './http1.js'
import { Http2Channel } from './http2.js'
import type { Target } from './target.js'

/** How far a look at a server goes. Durations in milliseconds. */
export interface Reach {
  /** How long a connection is left idle. */
  readonly idle: number
  /** How many requests a connection gets. */
  readonly requests: number
  /** How long a connection is kept in use. */
  readonly duration: number
}

type ChannelOf = { readonly 'http/1': Http1Channel; readonly 'http/2': Http2Channel }

/** A server that is looked at by one protocol: what each probe is given. */
export class Subject<Spoken extends Protocol = Protocol> {
  readonly protocol: Spoken
  readonly target: Target
  readonly reach: Reach
  readonly #budget: Budget
  readonly #ends = new AbortController()

  constructor(protocol: Spoken, target: Target, reach: Reach, budget: Budget, signal: AbortSignal) {
    this.protocol = protocol
    this.target = target
    this.reach = reach
    this.#budget = budget
    // Every connection may listen.
    setMaxListeners(0, this.signal)
    if (signal.aborted) this.close()
    signal.addEventListener('abort', () => this.close(), { once: true, signal: this.signal })
  }

  /** Aborts when the command is to end, or the probe has failed: every connection closes. */
  get signal(): AbortSignal {
    return this.#ends.signal
  }

  /** The same server for one probe: what the probe opens can be closed without the connections of the others. */
  part(): Subject<Spoken> {
    return new Subject(this.protocol, this.target, this.reach, this.#budget, this.signal)
  }

  /** Closes every connection that was opened for it. Probes that still use one stop. */
  close(): void {
    this.#ends.abort()
  }

  /** @throws {CouldNotRun} where the server cannot be reached. */
  async open(): Promise<ChannelOf[Spoken]> {
    const channel: Channel =
      this.protocol === 'http/1'
        ? await Http1Channel.open(this.target, this.#budget, this.signal)
        : await Http2Channel.open(this.target, this.#budget, this.signal)
    if (this.signal.aborted) channel.close()
    this.signal.addEventListener('abort', () => channel.close())
    return channel as ChannelOf[Spoken]
  }

  /** So many at once. */
  openAll(count: number): Promise<ChannelOf[Spoken][]> {
    return Promise.all(Array.from({ length: count }, () => this.open()))
  }
}
