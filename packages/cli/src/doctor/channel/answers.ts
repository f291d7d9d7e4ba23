import { HTTPParser } from 'http-parser-js'
import type { Answer } from './channel.js'

const longest = 16_384

/** An answer, with what it says of its connection. */
export interface Read extends Answer {
  /** Whether the connection ends behind it, by what it says. */
  readonly isLast: boolean
}

/** Makes answers of bytes. */
export class AnswerReader {
  readonly #parser = new HTTPParser(HTTPParser.RESPONSE)
  #fault: Error | undefined

  constructor(onAnswer: (answer: Read) => void) {
    const parser = this.#parser
    let head: Omit<Read, 'body'> | undefined
    let body = ''
    parser[HTTPParser.kOnHeadersComplete] = ({ headers, statusCode, versionMinor }) => {
      const map = new Map<string, string>()
      for (let at = 0; at < headers.length; at += 2) {
        const name = (headers[at] ?? '').toLowerCase()
        const before = map.get(name)
        const value = headers[at + 1] ?? ''
        map.set(name, before === undefined ? value : `${before}, ${value}`)
      }
      head = { status: statusCode, headers: map, isLast: isLast(map, versionMinor) }
      body = ''
    }
    parser[HTTPParser.kOnBody] = (chunk) => {
      if (body.length < longest) body += chunk.toString('latin1')
    }
    parser[HTTPParser.kOnMessageComplete] = () => {
      // 1xx are no answers yet.
      if (head !== undefined && head.status >= 200) onAnswer({ ...head, body: body.slice(0, longest) })
    }
  }

  /** What is no HTTP. */
  get fault(): Error | undefined {
    return this.#fault
  }

  read(chunk: Buffer): void {
    if (this.#fault !== undefined) return
    const result = this.#parser.execute(chunk)
    if (typeof result !== 'number') this.#fault = result
  }

  /** The end of the stream, which is the end of an answer without a length. */
  finish(): void {
    if (this.#fault === undefined) this.#parser.finish()
  }
}

function isLast(headers: ReadonlyMap<string, string>, versionMinor: number): boolean {
  const options = (headers.get('connection') ?? '').toLowerCase().split(/\s*,\s*/)
  if (options.includes('close')) return true
  return versionMinor === 0 && !options.includes('keep-alive')
}
