import { types } from '../../hostile/frames.js'

export interface Frame {
  readonly type: number
  readonly flags: number
  readonly stream: number
  readonly payload: Buffer
}

/** The frames that a client received; the last may have come in part. */
export function framesOf(received: string): Frame[] {
  const bytes = Buffer.from(received, 'latin1')
  const frames: Frame[] = []
  for (let at = 0; at + 9 <= bytes.length; ) {
    const end = at + 9 + bytes.readUIntBE(at, 3)
    if (end > bytes.length) break
    frames.push({
      type: bytes.readUInt8(at + 3),
      flags: bytes.readUInt8(at + 4),
      stream: bytes.readUInt32BE(at + 5),
      payload: bytes.subarray(at + 9, end),
    })
    at = end
  }
  return frames
}

export interface Goaway {
  readonly last: number
  readonly code: number
}

export function goawaysOf(frames: readonly Frame[]): Goaway[] {
  return frames
    .filter(({ type }) => type === types.goaway)
    .map(({ payload }) => ({ last: payload.readUInt32BE(0), code: payload.readUInt32BE(4) }))
}

/** What says how long HPACK's table is from now on (RFC 7541, section 6.3): it comes with whichever head is next. */
const tableSizes = /^(2\w|3[0-9a-e]|3f([89a-f]\w)*[0-7]\w)+/

/** What a server said on one stream. */
export interface Outcome {
  readonly heads: readonly string[]
  readonly body: string
  /** How it has ended: `end`, `reset 8`, `none`. */
  readonly end: string
}

export function outcomeOf(frames: readonly Frame[], id: number): Outcome {
  const heads: string[] = []
  let body = ''
  let end = 'none'
  for (const { type, flags, stream, payload } of frames) {
    if (stream !== id) continue
    if (type === types.headers) heads.push(payload.toString('hex').replace(tableSizes, ''))
    else if (type === types.data) body += payload.toString('latin1')
    else if (type === types.reset) {
      // One behind the end of the response says that the rest of the request is not wanted.
      if (end === 'none') end = `reset ${payload.readUInt32BE(0)}`
    }
    if ((type === types.headers || type === types.data) && (flags & 1) !== 0) end = 'end'
  }
  return { heads, body, end }
}

const names = Object.fromEntries(Object.entries(types).map(([name, type]) => [type, name]))

/** A frame for a reader. */
export function show({ type, flags, stream, payload }: Frame): string {
  const text =
    type === types.data
      ? payload.toString('latin1').replace(/(.)\1{60,}/g, (run, letter) => `${letter} x ${run.length}`)
      : payload.toString('hex')
  return `${names[type] ?? type} ${flags} on ${stream}: ${text}`
}
