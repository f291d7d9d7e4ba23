import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { describe } from 'node:test'
import { it } from '../wire/it.js'
import { assertSame, get, last, type Play, type Stand, shownBy } from './beside.js'

const post = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf of it'
const half = 'GET / HTTP/1.1\r\nHost: loc'

const short = { requestTimeout: 100, headersTimeout: 100 }

/**
 * Answers at once, whether the request is whole or not; `/wait` is never answered. Its timeouts hold from the first
 * request on, and a `timeout` that it is given: a connection cannot run into them before it sends one.
 */
function answering(
  stand: Stand,
  { timeout = 0, ...settings }: Partial<Server> = {},
  listens = false,
): Server {
  const server = createServer({ connectionsCheckingInterval: 10 }, (request, response) => {
    Object.assign(server, short, { timeout })
    if (request.url !== '/wait') response.end('ok')
    request.on('error', ({ message }) => stand.note(`request: ${message}`))
  })
  if (listens) {
    server.on('timeout', (socket: Socket) => {
      socket.setTimeout(0)
      stand.note(`timeout: ${socket.bytesRead} bytes`)
      socket.end('timed out')
    })
  }
  return Object.assign(server, settings)
}

/** A client sends some texts, each behind the answer to the one before, and is ended. */
function sending(texts: readonly string[], settings?: Partial<Server>, listens?: boolean): Play {
  return {
    create: (stand) => answering(stand, settings, listens),
    async run({ connect }) {
      const client = await connect()
      for (const [index, text] of texts.entries()) {
        client.send(text)
        if (index < texts.length - 1) await client.response()
      }
      await client.ended
    },
  }
}

const wait = 'GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n'

/** A connection on which nothing comes. */
function silent(listens: boolean): Play {
  return {
    create: (stand) => {
      const server = answering(stand, {}, listens)
      server.on('connection', (socket: Socket) => socket.on('timeout', () => stand.note('timeout')))
      return Object.assign(server, { timeout: 50 })
    },
    run: async ({ connect }) => (await connect()).ended,
  }
}

describe("Node's own timeouts", () => {
  for (const [name, play] of Object.entries({
    'headersTimeout at the first request: 408': sending([half], short),
    'headersTimeout at the third request: 408': sending([get, get, half]),
    'requestTimeout within the first body': sending([post]),
    'requestTimeout within the second body': sending([get, post]),
    'server.timeout of 50, request in flight': sending([get, wait], { timeout: 50 }),
    'server.timeout of 50 with a listener, request in flight': sending([get, wait], { timeout: 50 }, true),
    'keepAliveTimeout of 0': sending([get, get, last], { keepAliveTimeout: 0 }),
  })) {
    it(`${name}: the same bytes and events as on a bare server`, () => assertSame(play))
  }

  it('keepAliveTimeout of 0, which is for ever, stays where no idleTimeout is given', async () => {
    const forEver = sending([get, get, last], { keepAliveTimeout: 0 })
    const play: Play = {
      ...forEver,
      run: (stand) => {
        if (stand.keel !== undefined) assert.equal(stand.keel.limits.idleTimeout, Infinity)
        return forEver.run(stand)
      },
    }
    assert.equal(await shownBy(play, {}), await shownBy(play))
  })

  it('requestTimeout behind an early answer that was marked: the answer is whole, then FIN, and no 408', async () => {
    const shown = await shownBy(sending([post]), {
      maxRequestsPerConnection: 1,
      jitter: 0,
      tuneTimeouts: false,
    })
    assert.equal(shown.match(/HTTP\/1.1/g)?.length, 1, shown)
    assert.match(shown, /Connection: close\r\n(.+\r\n)*\r\nok\[fin\]/)
  })

  for (const listens of [false, true]) {
    const what = `server.timeout of 50 on a silent connection, ${listens ? 'with a' : 'no'} listener`
    it(`${what}: it ends at the first timeout, as on a bare server`, () => assertSame(silent(listens)))
  }

  it('server.timeout of 50 on a silent connection, with a listener and an idleTimeout of 2 400: the same', async () => {
    assert.equal(await shownBy(silent(true), { idleTimeout: 2_400 }), await shownBy(silent(true)))
  })
})
