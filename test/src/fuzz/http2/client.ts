import { acknowledge, endHeaders, endStream, frame, types, word } from '../../hostile/frames.js'
import type { Piece, Request, Where } from './piece.js'

const padded = 8
const prioritized = 0x20

interface Stream {
  readonly id: number
  isOpen: boolean
}

/** Turns pieces into bytes, as a client does that knows its own streams. */
export class Client {
  /** Whether frames for streams that it has ended itself are left out. */
  readonly #isValid: boolean
  readonly #streams: Stream[] = []
  #next = 1
  #requests = 0
  #isLeaving = false

  constructor(isValid: boolean) {
    this.#isValid = isValid
  }

  /** In latin1. */
  render(piece: Piece): string {
    return Buffer.concat(this.#frames(piece)).toString('latin1')
  }

  #frames(piece: Piece): Buffer[] {
    switch (piece.kind) {
      case 'request':
        return this.#request(piece)
      case 'ping':
        return [frame(types.ping, piece.acknowledges ? acknowledge : 0, 0, Buffer.from('pingping'))]
      case 'settings':
        return [frame(types.settings, 0, 0, settings(piece.values))]
      case 'acknowledge':
        return [frame(types.settings, acknowledge, 0)]
      case 'goaway':
        this.#isLeaving = true
        return [frame(types.goaway, 0, 0, Buffer.concat([word(piece.last), word(piece.code)]))]
      case 'raw':
        return [frame(piece.type, piece.flags, this.#id(piece.where), Buffer.from(piece.payload, 'latin1'))]
      case 'noise':
        return [Buffer.from(piece.text, 'latin1')]
      case 'window':
        if (piece.of === undefined) return [frame(types.window, 0, 0, word(piece.increment))]
    }
    const stream = this.#choose(piece.of ?? 0, piece.kind)
    return stream === undefined ? [] : [this.#onStream(piece, stream)]
  }

  #onStream(piece: Exclude<Piece, { kind: 'request' | 'raw' | 'noise' }>, stream: Stream): Buffer {
    switch (piece.kind) {
      case 'data': {
        if (piece.end) stream.isOpen = false
        const body = Buffer.alloc(piece.length, 'abcdefghij')
        return frame(
          types.data,
          flags(piece.end && endStream, piece.padding > 0 && padded),
          stream.id,
          pad(body, piece.padding),
        )
      }
      case 'trailers':
        stream.isOpen = false
        return frame(types.headers, endHeaders | endStream, stream.id, literal('x-trailer', '1'))
      case 'reset':
        stream.isOpen = false
        return frame(types.reset, 0, stream.id, word(piece.code))
      case 'window':
        return frame(types.window, 0, stream.id, word(piece.increment))
      case 'priority': {
        const on = this.#streams[piece.on % this.#streams.length]?.id ?? 0
        return frame(types.priority, 0, stream.id, dependency(on === stream.id ? 0 : on, piece.weight))
      }
      default:
        return frame(
          'type' in piece ? piece.type : 200,
          'flags' in piece ? piece.flags : 0,
          stream.id,
          Buffer.alloc(5),
        )
    }
  }

  #request({ method, act, open, padding, priority, parts, gap }: Request): Buffer[] {
    // On Node 20 a stream behind its client's GOAWAY is Node's own fault.
    if (this.#isValid && this.#isLeaving) return []
    const id = this.#next + 2 * gap
    this.#next = id + 2
    this.#streams.push({ id, isOpen: open })
    const block = Buffer.concat([
      Buffer.from([method === 'GET' ? 0x82 : 0x83, 0x86, 0x01, 1, 0x61]),
      indexed([0x04], `/${act}/${this.#requests++}`),
    ])
    const at = parts.map((part) => Math.floor(part * block.length)).sort((a, b) => a - b)
    const pieces = [...at, block.length].map((to, index) => block.subarray(at[index - 1] ?? 0, to))
    const on = priority === undefined ? none : dependency(priority.on, priority.weight)
    return pieces.map((piece, index) => {
      const isLast = index === pieces.length - 1
      if (index > 0) return frame(types.continuation, flags(isLast && endHeaders), id, piece)
      const body = pad(Buffer.concat([on, piece]), padding)
      return frame(
        types.headers,
        flags(
          isLast && endHeaders,
          !open && endStream,
          padding > 0 && padded,
          priority !== undefined && prioritized,
        ),
        id,
        body,
      )
    })
  }

  #choose(of: number, kind: Piece['kind']): Stream | undefined {
    const needsOpen = this.#isValid && (kind === 'data' || kind === 'trailers')
    const streams = needsOpen ? this.#streams.filter(({ isOpen }) => isOpen) : this.#streams
    return streams[of % streams.length]
  }

  #id(where: Where): number {
    if (where === 'zero') return 0
    if (where === 'even') return 2
    if (where === 'far') return 0x7f_ff_ff_ff
    if (where === 'next') return this.#next
    return this.#streams.at(where === 'last' ? -1 : 0)?.id ?? 1
  }
}

const none = Buffer.alloc(0)

const flags = (...set: (number | false)[]): number => set.reduce<number>((all, flag) => all | (flag || 0), 0)

function pad(payload: Buffer, padding: number): Buffer {
  return padding === 0 ? payload : Buffer.concat([Buffer.from([padding]), payload, Buffer.alloc(padding)])
}

function dependency(on: number, weight: number): Buffer {
  return Buffer.concat([word(on), Buffer.from([weight])])
}

/** A header of HPACK that leaves no trace in a table. */
function indexed(name: readonly number[], value: string): Buffer {
  return Buffer.from([...name, value.length, ...Buffer.from(value)])
}

function literal(name: string, value: string): Buffer {
  return indexed([0, name.length, ...Buffer.from(name)], value)
}

export function settings(values: readonly (readonly [number, number])[]): Buffer {
  return Buffer.concat(values.map(([name, value]) => Buffer.concat([Buffer.from([0, name]), word(value)])))
}
