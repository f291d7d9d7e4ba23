import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, it } from 'node:test'
import onHeaders from 'on-headers'
import { get, type Play, shownBy } from './beside.js'

/**
 * A listener of on-headers says `keep-alive`; the connection is retired before or after it was added. A request comes
 * behind the answer, and then another connection.
 */
function saying(when: 'before' | 'after'): Play {
  return {
    create: (stand) =>
      createServer((request, response) => {
        if (when === 'before') stand.keel?.retire(request)
        onHeaders(response, () => void response.setHeader('Connection', 'keep-alive'))
        if (when === 'after') stand.keel?.retire(request)
        response.end('ok')
      }),
    async run({ connect, note }) {
      const client = await connect()
      let end = 'open'
      void client.ended.then(() => {
        end = 'ended'
      })
      await client.request('/')
      client.send(get)
      await (await connect()).request('/')
      note(`the first is ${end}`)
    },
  }
}

describe('a listener of on-headers', () => {
  it('that sets Connection: keep-alive does not keep a connection that was retired before it was added: a mark, then its end', async () => {
    assert.match(
      await shownBy(saying('before'), {}),
      /Connection: close\r\n(.+\r\n)*\r\nok(.|\s)*the first is ended/,
    )
  })

  it('that sets Connection: keep-alive does not keep a connection that was retired after it was added: it ends', async () => {
    assert.match(await shownBy(saying('after'), {}), /the first is ended/)
  })
  it('marks the last response once, where its handler retires the connection too', async () => {
    const play: Play = {
      create: (stand) =>
        createServer((request, response) => {
          onHeaders(response, () => {})
          stand.keel?.retire(request)
          response.end('ok')
        }),
      async run({ connect }) {
        const client = await connect()
        assert.equal((await client.request('/')).headers.get('connection'), 'close')
      },
    }
    await shownBy(play, { maxRequestsPerConnection: 1, jitter: 0 })
  })
})
