import { type Agent, request as send } from 'node:http'
import type { Socket } from 'node:net'
import { receive } from '@evenkeel/example-stage/answer'
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
  const response = await receive(request, `received ${content.length} bytes`)
  return response.headers.connection === 'close'
}
