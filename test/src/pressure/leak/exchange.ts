import { once } from 'node:events'
import { type Agent, type ClientRequest, request as send } from 'node:http'
import { text } from 'node:stream/consumers'

/** Where a client sends its requests, and from where. */
export interface Route {
  readonly port: number
  readonly localAddress: string
  readonly agent: Agent
}

/** Sends one request and reads its answer; tells whether its connection was there before. Nothing is sent again. */
export async function exchange(route: Route, body = ''): Promise<boolean> {
  const request = send({ host: '127.0.0.1', method: body === '' ? 'GET' : 'POST', ...route })
  // What breaks after the response has begun arrives there as well.
  request.on('error', () => {})
  request.end(body)
  if ((await answerTo(request)) !== `received ${body.length}`) throw new Error('wrong answer')
  return request.reusedSocket
}

async function answerTo(request: ClientRequest): Promise<string> {
  const [response] = await once(request, 'response')
  return text(response)
}

/** Counts a failure by its error code. */
export function countFailure(failures: Record<string, number>, error: unknown): void {
  const code = error instanceof Error ? String(Reflect.get(error, 'code') ?? error.message) : String(error)
  failures[code] = (failures[code] ?? 0) + 1
}
