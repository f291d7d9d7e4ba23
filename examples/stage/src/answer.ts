import { once } from 'node:events'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { failure } from './failures.js'

/** Reads the answer to a request; throws where it breaks off, and where it is another than expected. */
export async function receive(request: ClientRequest, expected: string): Promise<IncomingMessage> {
  const [response]: IncomingMessage[] = await once(request, 'response')
  if (response === undefined) throw failure('no response')
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  check(response.statusCode, text, expected)
  return response
}

/** Throws where an answer is not the one that was expected. */
export function check(status: number | undefined, text: string, expected: string): void {
  if (status !== 200) throw failure(`status ${status}`)
  if (text !== expected) throw failure('wrong answer')
}
