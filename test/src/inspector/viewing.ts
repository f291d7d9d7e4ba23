import { once } from 'node:events'
import { Agent, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import type { FleetMember, FleetStatus, Limits, Reason, Side, Snapshot, State } from '@evenkeel/node'

type OpenState = Exclude<State, 'closed'>

/** What a test reads of a frame. */
export interface Frame {
  readonly id: string
  readonly name: string
  readonly complete: boolean
  readonly now?: {
    readonly connections: Snapshot['connections']
    readonly totals: Snapshot['totals']
    readonly open: Record<'ages' | 'requests', { width: number; counts: number[]; max: number }>
    readonly closed: Record<'ages' | 'requests' | 'idle', { count: number }>
    readonly peers: { count: number; busiest: Record<string, string | number>[] }
    readonly fleet?: {
      readonly status: FleetStatus
      readonly cure?: string
      readonly members?: {
        readonly count: number
        readonly median: number
        readonly rows: readonly (FleetMember & { readonly rank: number; readonly fair: number })[]
      }
    }
    readonly viewers: number
    readonly limits: { readonly [Name in keyof Limits]?: number | boolean | null }
    readonly draining?: { connections: number; fraction: number }
    readonly ready: boolean
  }
  readonly rows?: {
    readonly from: number
    readonly opened: number[]
    readonly closed: number[]
    readonly open: number[]
    readonly requests: (number | null)[]
    readonly states: Record<OpenState, (number | null)[]>
    readonly retired: Record<Reason, number[]>
    readonly closes: Record<Side | 'unknown', number[]>
  }
}

/** Somebody who looks: one stream on a connection of its own, read event by event. */
export class ViewingClient {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly #request: ClientRequest
  readonly #response: IncomingMessage
  #text = ''

  static async open(port: number, path = '/keel?events', localAddress = '127.0.0.1'): Promise<ViewingClient> {
    const sent = request({ port, path, host: '127.0.0.1', localAddress, agent: new Agent() }).end()
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    return new ViewingClient(sent, response)
  }

  private constructor(sent: ClientRequest, response: IncomingMessage) {
    this.#request = sent
    this.#response = response
    this.status = response.statusCode ?? 0
    this.headers = response.headers
    response.setEncoding('utf8').on('error', () => {})
  }

  /** How the server knows its connection. */
  get key(): string {
    const { localAddress, localPort } = this.#request.socket ?? {}
    return `${localAddress}:${localPort}`
  }

  /** The next event's lines; undefined where the stream has ended. */
  async event(): Promise<string | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n\n')
      if (end !== -1) {
        const event = this.#text.slice(0, end)
        this.#text = this.#text.slice(end + 2)
        return event
      }
      const data: unknown = this.#response.read()
      if (typeof data === 'string') this.#text += data
      else if (this.#response.readableEnded || this.#response.destroyed) return undefined
      else await Promise.race(['readable', 'end', 'close'].map((name) => once(this.#response, name)))
    }
  }

  async frame(): Promise<Frame> {
    const event = (await this.event()) ?? ''
    if (event.startsWith('data: ')) return JSON.parse(event.slice('data: '.length))
    throw new Error(`no frame came, but ${JSON.stringify(event)}`)
  }

  close(): void {
    this.#request.destroy()
  }
}
