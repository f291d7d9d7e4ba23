import { once } from 'node:events'
import { type Agent, type IncomingMessage, request as send } from 'node:http'
import type { Socket } from 'node:net'
import { failure } from '@evenkeel/example-stage/failures'

const postShare = 0.25
const body = 'x'.repeat(1024)
const requestTimeout = 10_000

/**
 * One request, never sent again: an error, another status or an incomplete answer is thrown. Tells the socket that
 * carries it, and returns whether the answer was the last one of its connection.
 */
export async function exchange(agent: Agent, port: number, tell: (socket: Socket) => void): Promise<boolean> {
  const content = Math.random() < postShare ? body : ''
  const method = content === '' ? 'GET' : 'POST'
  const request = send({ host: '127.0.0.1', port, agent, method })
  request.setTimeout(requestTimeout, () => request.destroy(failure('ETIMEDOUT')))
  request.on('socket', tell)
  // What breaks after the response has begun arrives there too.
  request.on('error', () => {})
  request.end(content)
  const [response]: IncomingMessage[] = await once(request, 'response')
  if (response === undefined) throw failure('no response')
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  if (response.statusCode !== 200) throw failure(`status ${response.statusCode}`)
  if (text !== `received ${content.length} bytes`) throw failure('wrong answer')
  return response.headers.connection === 'close'
}
