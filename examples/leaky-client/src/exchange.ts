import { type ClientRequest, type RequestOptions, request as send } from 'node:http'
import { receive } from '@evenkeel/example-stage/answer'
import { failure } from '@evenkeel/example-stage/failures'

const requestTimeout = 10_000

/** How a request reaches the server. */
export type Way = Pick<RequestOptions, 'port' | 'agent' | 'localAddress'>

/** Begins a GET, or a POST where there is content to send. */
export function begin(way: Way, content = ''): ClientRequest {
  const request = send({ host: '127.0.0.1', method: content === '' ? 'GET' : 'POST', ...way })
  request.setTimeout(requestTimeout, () => request.destroy(failure('ETIMEDOUT')))
  // What breaks after the response has begun arrives there too.
  request.on('error', () => {})
  request.end(content)
  return request
}

/** Reads the answer. Nothing is sent again: an error, another status or an incomplete answer is a failure. */
export async function complete(request: ClientRequest, content = ''): Promise<void> {
  await receive(request, `received ${content.length} bytes`)
}
