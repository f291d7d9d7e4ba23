import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  constants,
  type OutgoingHttpHeaders,
} from 'node:http2'
import type { Answer } from './channel.js'
import { late } from './late.js'
import { pathOf, type Target } from './target.js'

/** What became of a request: an answer, a refusal that says it was not executed, or nothing that is known. */
export type Outcome = Answer | 'refused' | 'lost'

/** Fields that speak of an HTTP/1 connection: HTTP/2 forbids them (RFC 9113, 8.2.2). */
const onlyHttp1 = [
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]

/** Sends a request on a stream of its own, and waits for what becomes of it. */
export function ask(session: ClientHttp2Session, target: Target): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const stream = session.request(headOf(target))
    // The timeout of a stream begins again with each byte.
    const deadline = setTimeout(() => {
      reject(late(target))
      stream.close(constants.NGHTTP2_CANCEL)
    }, target.timeout)
    read(stream, (outcome) => {
      clearTimeout(deadline)
      resolve(outcome)
    })
  })
}

function headOf(target: Target): OutgoingHttpHeaders {
  const allowed = [...target.headers].filter(([name]) => !onlyHttp1.includes(name))
  const { host, ...others } = Object.fromEntries(allowed)
  return { ':path': pathOf(target), ':authority': host ?? target.url.host, ...others }
}

/** Reads a stream to its end, and tells what became of it. */
function read(stream: ClientHttp2Stream, onOutcome: (outcome: Outcome) => void): void {
  let head: Omit<Answer, 'body'> | undefined
  let body = ''
  let isWhole = false
  stream.on('response', (given) => {
    const named = Object.entries(given).map(([name, value]): [string, string] => [name, String(value)])
    head = {
      status: given[':status'] ?? 0,
      headers: new Map(named.filter(([name]) => !name.startsWith(':'))),
    }
  })
  stream.setEncoding('latin1').on('data', (chunk) => {
    if (body.length < 16_384) body += chunk
  })
  stream.on('end', () => {
    isWhole = stream.rstCode === constants.NGHTTP2_NO_ERROR
  })
  stream.on('error', () => {})
  stream.on('close', () => {
    if (head !== undefined && isWhole) onOutcome({ ...head, body })
    else onOutcome(stream.rstCode === constants.NGHTTP2_REFUSED_STREAM ? 'refused' : 'lost')
  })
}
