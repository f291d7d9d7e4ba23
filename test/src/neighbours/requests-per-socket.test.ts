import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe } from 'node:test'
import { it } from '../wire/it.js'
import { get, type Play, quiet, shownBy } from './beside.js'

/** Six requests, in one piece or one after the other, to a server with a limit of Node's own. */
function six(
  maxRequestsPerSocket: number,
  pieces: 'one piece' | 'six pieces',
  ender: 'client' | 'server',
): Play {
  return {
    create: ({ note }) => {
      let requests = 0
      const server = createServer((_request, response) => response.end(`answer ${++requests}\n`))
      server.on('dropRequest', () => note('dropped'))
      return Object.assign(server, { maxRequestsPerSocket })
    },
    async run({ connect, keel, note }) {
      const client = await connect()
      if (pieces === 'one piece') client.send(get.repeat(6))
      while (!client.rest.includes('Connection: close')) {
        if (pieces === 'six pieces') client.send(get)
        await once(client.socket, 'progress')
      }
      // Node says so and leaves the connection to its idle timer.
      if (ender === 'client') client.socket.end()
      await client.ended
      if (keel !== undefined) note(`retired: ${keel.snapshot().totals.retired['max-requests']}`)
    },
  }
}

/** The answers, with what each says of the connection, and its end. */
function answersIn(shown: string): readonly string[] | null {
  return shown.match(/^(Connection: .*|answer .*|\[.*)$/gm)
}

const three = [
  'Connection: keep-alive',
  'answer 1',
  'Connection: keep-alive',
  'answer 2',
  'Connection: close',
  'answer 3',
  '[fin]',
]

describe("Node's own maxRequestsPerSocket", () => {
  for (const pieces of ['one piece', 'six pieces'] as const) {
    for (const limit of [4, Infinity]) {
      it(`3, and our limit ${limit}, 6 requests in ${pieces}: the same bytes as from a bare server`, async () => {
        const options = {
          ...quiet['attached, far from every limit'],
          maxRequestsPerConnection: limit,
          jitter: 0,
        }
        const shown = await shownBy(six(3, pieces, 'client'), options)
        assert.equal(shown, `${await shownBy(six(3, pieces, 'client'))}\nretired: 0`)
      })
    }

    for (const limit of [3, 4]) {
      it(`${limit}, and our limit 3, 6 requests in ${pieces}: three answers, the third marked, then FIN`, async () => {
        const shown = await shownBy(six(limit, pieces, 'server'), { maxRequestsPerConnection: 3, jitter: 0 })
        assert.deepEqual(answersIn(shown.replaceAll('\r', '')), three)
        assert.match(shown, /retired: 1$/)
      })
    }
  }
})
