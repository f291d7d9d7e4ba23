import { once } from 'node:events'
import { Agent, type IncomingMessage, request as send } from 'node:http'
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
      const [response]: IncomingMessage[] = await once(request, 'response')
      if (response === undefined) throw failure('no response')
      let text = ''
      for await (const chunk of response.setEncoding('utf8')) text += chunk
      assertExecuted(path, response.statusCode, text)
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
      assertExecuted(path, response.statusCode, await response.body.text())
    },
    end: () => void pool.destroy(),
  }
}

function assertExecuted(path: string, status: number | undefined, text: string): void {
  if (status !== 200) throw failure(`status ${status}`)
  if (text !== `executed ${path}`) throw failure('wrong answer')
}
