/** How the body of a request is framed, and what is wrong with it. */
export type Body =
  | { readonly kind: 'none' }
  /** Says `length`, sends `sent` bytes. */
  | { readonly kind: 'length'; readonly length: number; readonly sent: number }
  | {
      readonly kind: 'chunked'
      readonly chunks: readonly number[]
      readonly extension: string
      readonly trailer: string
      /** What stands for the last chunk. */
      readonly end: string
    }

/** A request as somebody might write it. */
export interface Request {
  readonly kind: 'request'
  readonly method: string
  /** What the handler does: the first part of the path. */
  readonly act: string
  /** What stands in front of the path: of an absolute-form target, say. */
  readonly origin: string
  readonly version: string
  /** Whole lines, the first of which names the host if any does. */
  readonly headers: readonly string[]
  readonly body: Body
  /** A byte that goes lost, is added or is another one: where, as a share of the whole. */
  readonly spoilt?: { readonly how: 'lose' | 'add' | 'change'; readonly at: number; readonly byte: number }
}

/** Bytes that are no request, in latin1. */
export interface Noise {
  readonly kind: 'noise'
  readonly text: string
}

export type Message = Request | Noise

/** The bytes of a message, in latin1. The number of a request stands in its path. */
export function render(message: Message, number: number): string {
  if (message.kind === 'noise') return message.text
  const { method, act, origin, version, headers, body, spoilt } = message
  const target = method === 'CONNECT' ? 'localhost:1' : `${origin}/${act}/${number}`
  const lines = [`${method} ${target} ${version}`, ...headers, ...framing(body)]
  const text = `${lines.join('\r\n')}\r\n\r\n${content(body)}`
  if (spoilt === undefined) return text
  const at = Math.floor(spoilt.at * text.length)
  const inserted = spoilt.how === 'lose' ? '' : String.fromCharCode(spoilt.byte)
  return text.slice(0, at) + inserted + text.slice(spoilt.how === 'add' ? at : at + 1)
}

/** Where a request ends, by its own words; what stands behind it in the same message is none of its own. */
export function extentOf(text: string): number {
  const end = text.indexOf('\r\n\r\n') + 4
  if (end === 3) return text.length
  const head = text.slice(0, end)
  if (/^transfer-encoding: chunked/im.test(head)) {
    const last = text.indexOf('0\r\n\r\n', end)
    return last === -1 ? text.length : last + 5
  }
  return end + Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)
}

function framing(body: Body): string[] {
  if (body.kind === 'length') return [`Content-Length: ${body.length}`]
  return body.kind === 'chunked' ? ['Transfer-Encoding: chunked'] : []
}

function content(body: Body): string {
  if (body.kind === 'none') return ''
  if (body.kind === 'length') return letters(body.sent)
  const chunks = body.chunks.map((size) => `${size.toString(16)}${body.extension}\r\n${letters(size)}\r\n`)
  return chunks.join('') + body.end.replace('*', body.trailer)
}

function letters(count: number): string {
  return 'abcdefghij'.repeat(Math.ceil(count / 10)).slice(0, count)
}
