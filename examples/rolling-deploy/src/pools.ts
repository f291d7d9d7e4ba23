import { Agent, request as send } from 'node:http'
import { check, receive } from '@evenkeel/example-stage/answer'
import { failure } from '@evenkeel/example-stage/failures'
import { Pool as UndiciPool } from 'undici'

/** Longer than a busy machine keeps anybody waiting: what takes longer is lost. */
const patience = 30_000

/** Some keep-alive connections, and the way to send a request over one of them. */
export interface Pool {
  /**
   * Sends one request, a POST where there is a body. It is never sent again: an error, another status or an
   * incomplete answer is a failure.
   */
  exchange(path: string, body: string | undefined): Promise<void>
  end(): void
}

/** Of Node's own client. */
export function httpPool(port: number, connections: number): Pool {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return {
    async exchange(path, body) {
      const method = body === undefined ? 'GET' : 'POST'
      const request = send({ host: '127.0.0.1', port, agent, path, method })
      request.setTimeout(patience, () => request.destroy(failure('ETIMEDOUT')))
      // What breaks after the response has begun arrives there too.
      request.on('error', () => {})
      request.end(body)
      await receive(request, `executed ${path}`)
    },
    end: () => agent.destroy(),
  }
}

/** Of undici, which is what `fetch` is made of. */
export function undiciPool(port: number, connections: number): Pool {
  const times = { headersTimeout: patience, bodyTimeout: patience }
  const pool = new UndiciPool(`http://127.0.0.1:${port}`, { connections, pipelining: 1, ...times })
  return {
    async exchange(path, body) {
      const method = body === undefined ? 'GET' : 'POST'
      const response = await pool.request({ path, method, body: body ?? null })
      check(response.statusCode, await response.body.text(), `executed ${path}`)
    },
    end: () => void pool.destroy(),
  }
}
