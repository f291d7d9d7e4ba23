import assert from 'node:assert/strict'
import { createServer, type ServerResponse } from 'node:http'
import { describe } from 'node:test'
import { it } from '../wire/it.js'
import { assertSame, get, last, type Play, shownBy } from './beside.js'

type Answering = 'at once' | 'in order' | 'in reverse order'

/** Four requests in one piece; the server is closed at the second of them. */
function closing(answering: Answering, fourth: string, count = 4): Play {
  return {
    create: ({ note }) => {
      const responses: ServerResponse[] = []
      let requests = 0
      const server = createServer((request, response) => {
        requests++
        note(`request ${requests}`)
        if (requests === 2) server.close(() => note('closed'))
        response.setHeader('X-Number', requests)
        if (answering === 'at once') return void response.end('ok')
        responses.push(response)
        if (requests < count) return
        if (answering === 'in reverse order') responses.reverse()
        request.on('end', () => setImmediate(() => responses.forEach((each) => void each.end('ok'))))
        request.resume()
      })
      return server
    },
    async run({ connect }) {
      const client = await connect()
      client.send(get.repeat(3) + fourth)
      await client.ended
    },
  }
}

describe('server.close() at the second of 4 pipelined requests', () => {
  for (const answering of ['at once', 'in order', 'in reverse order'] as const) {
    it(`answered ${answering}: the same bytes as from a bare server`, () =>
      assertSame(closing(answering, last)))

    it(`answered ${answering}, with a limit of 3: three answers, the third marked, then FIN`, async () => {
      const shown = await shownBy(closing(answering, get, 3), { maxRequestsPerConnection: 3, jitter: 0 })
      assert.equal(shown.match(/HTTP\/1.1 200 OK/g)?.length, 3)
      assert.match(shown, /X-Number: 3\r\n(.+\r\n)*Connection: close\r\n/)
      assert.equal(shown.match(/^Connection: close\r$/gm)?.length, 1)
      assert.match(shown, /ok\[fin\]/)
    })
  }
})
