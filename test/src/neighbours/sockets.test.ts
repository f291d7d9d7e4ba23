import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe } from 'node:test'
import { it } from '../wire/it.js'
import { assertSame, get, last, type Play, shownBy } from './beside.js'
import { type Act, ending, going } from './socket-acts.js'

function play(act: Act, ends: boolean): Play {
  return {
    create: ({ note }) => {
      let requests = 0
      return createServer((request, response) => {
        note(`request ${++requests}`)
        response.on('close', () => note('close'))
        if (requests === 2) act(request, response)
        else response.end('ok')
      })
    },
    async run({ connect, server }) {
      const accepted = once(server, 'connection')
      const client = await connect()
      const [socket] = await accepted
      const closed = once(socket, 'close')
      await client.request('/')
      client.send(get)
      if (!ends) {
        await client.response()
        client.send(last)
      }
      await client.ended
      await closed
    },
  }
}

/** Without what the answers say of the connection. */
function unmarked(shown: string): string {
  return shown.replaceAll(/(Connection|Keep-Alive): .*\r\n/g, '')
}

const options = { maxRequestsPerConnection: 2, jitter: 0 }

describe('an application that reaches for the socket at its second request', () => {
  for (const [name, act] of Object.entries(ending)) {
    it(`${name}: the same bytes and events as on a bare server`, () => assertSame(play(act, true)))

    it(`${name}, at a limit of 2: the same but for the headers that say so`, async () => {
      const shown = unmarked(await shownBy(play(act, true), options))
      const bare = unmarked(await shownBy(play(act, true)))
      assert.equal(shown, bare)
    })
  }

  for (const [name, act] of Object.entries(going)) {
    it(`${name}: the same bytes and events as on a bare server`, () => assertSame(play(act, false)))

    it(`${name}, at a limit of 2: two answers, then FIN`, async () => {
      const shown = await shownBy(play(act, true), options)
      assert.match(shown, /\r\n\r\nok.*\r\n(.+\r\n)+\r\n(ok|own)\[fin\]/)
      assert.match(shown, /request 1\nclose\nrequest 2\nclose$/)
    })
  }
})
