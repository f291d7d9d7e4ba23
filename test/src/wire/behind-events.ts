import assert from 'node:assert/strict'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { describe } from 'node:test'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import type { App } from '../apps/app.js'
import { assertMarked, type Context, serving } from '../serving.js'
import { it } from './it.js'

const head = (method: string, headers = ''): string =>
  `${method} /own/ HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`

/** What Node answers, or refuses, without an event that a framework or a middleware could see. */
const unseen = {
  'a request without Host (400)': 'GET /own/ HTTP/1.1\r\n\r\n',
  'a request that expects what nobody knows (417)': head('GET', 'Expect: weird\r\n'),
  'a request that expects 100-continue': head('POST', 'Content-Length: 4\r\nExpect: 100-continue\r\n'),
  'bytes that are no request (400)': 'no request\r\n\r\n',
}

const one = { maxRequestsPerConnection: 1, jitter: 0 }

/** Rule: what Node does by itself ends no process, costs no response, and adds none behind the last. */
export function behindEvents(app: App): void {
  describe(`${app.name}: what Node answers by itself`, () => {
    it('around the last of 1 request, in one write, is as on a bare server', async () => {
      const slow: RequestListener = (request, response) => {
        request.resume()
        response.flushHeaders()
        setTimeout(() => response.end('x'), 1)
      }
      const bytes = [
        unseen['a request without Host (400)'],
        `${head('POST', 'Content-Length: 5\r\n')}hello`,
        unseen['a request that expects what nobody knows (417)'],
      ].join('')
      const exchange = (limited: boolean): Promise<string> =>
        withApp(app, slow, limited, async ({ connect }) => {
          const client = await connect()
          client.send(bytes)
          assert.equal(await client.ended, 'fin')
          return client.rest.replace(/Date: .*\r\n/g, '')
        })
      const bare = await exchange(false)
      assert.match(bare, /^HTTP\/1.1 400 /)
      assert.equal(await exchange(true), bare)
    })

    for (const [what, bytes] of Object.entries(unseen)) {
      it(`adds nothing behind the early answer to an upload, with ${what} behind that`, () =>
        withApp(app, early, true, async ({ connect, closed }) => {
          const client = await connect({ halfOpen: true })
          client.send(`${head('POST', 'Content-Length: 10\r\n')}first`)
          const last = await client.response('POST')
          assertMarked(last)
          assert.equal(last.body, 'early')
          client.send(`later${bytes}`)
          await assertNothingMore(client, closed)
        }))

      it(`cuts no last response short that is still to come, with ${what} behind it`, async () => {
        const waiting: (() => void)[] = []
        const handled: string[] = []
        const later = (request: IncomingMessage, response: ServerResponse): void => {
          handled.push(request.method ?? '')
          waiting.push(() => response.end('whole'))
        }
        await withApp(app, later, true, async ({ connect, closed }) => {
          const client = await connect({ halfOpen: true })
          client.send(head('GET') + bytes)
          client.send('and more')
          while (waiting.length === 0) await new Promise(setImmediate)
          for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate)
          waiting[0]?.()
          const last = await client.response()
          assertMarked(last)
          assert.equal(last.body, 'whole')
          await assertNothingMore(client, closed)
          assert.deepEqual(handled, ['GET'])
        })
      })
    }
  })

  describe(`${app.name}: a server that is detached`, () => {
    it('hands over nothing that comes behind a last response it has sent before', async () => {
      const handled: string[] = []
      const answer: RequestListener = (request, response) => {
        handled.push(request.method ?? '')
        response.end('ok')
      }
      let gone = (): void => {}
      const closed = new Promise<void>((resolve) => {
        gone = resolve
      })
      const prepare = (server: Server): void => {
        server.on(app.secure ? 'secureConnection' : 'connection', (socket) => socket.once('close', gone))
      }
      const play = async ({ connect, keel }: Context): Promise<void> => {
        const client = await connect({ halfOpen: true })
        client.send(head('GET'))
        assertMarked(await client.response())
        assert.equal(await client.ended, 'fin')
        keel().detach()
        client.send(head('DELETE'))
        client.socket.end()
        await closed
        assert.equal(client.rest, '')
        assert.deepEqual(handled, ['GET'])
      }
      await withApp(app, answer, true, play, { prepare })
    })
  })

  describe(`${app.name}: a request to upgrade behind one that is slow`, () => {
    it('keeps its tunnel when the connection is retired before the slow one is answered', async () => {
      const tunnel = (server: Server): void => {
        server.on('upgrade', (_, socket) => {
          socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n')
          socket.on('data', (data) => socket.write(`<${data}>`))
          socket.on('end', () => socket.end())
        })
      }
      const exchange = (limited: boolean): Promise<string> => {
        let answer = (): void => {}
        const slow: RequestListener = (_, response) => {
          answer = () => response.writeHead(200, { 'Content-Length': 4 }).end('slow')
        }
        const play = async ({ connect, keel }: Context): Promise<string> => {
          const client = await connect()
          client.send(head('GET') + head('GET', 'Connection: Upgrade\r\nUpgrade: echo\r\n'))
          await until(client, '101 Switching')
          if (limited) assert.equal(keel().retire(client.key), true)
          answer()
          await until(client, 'slow')
          client.send('through')
          await until(client, '<through>')
          if (limited) assert.equal(keel().snapshot().connections.upgraded, 1)
          return client.rest.replace(/Date: .*\r\n/g, '').replace(/(Keep-Alive: timeout=)\d+/, '$1')
        }
        return withApp(app, slow, limited, play, { prepare: tunnel, most: Infinity })
      }
      assert.equal(await exchange(true), await exchange(false))
    })
  })
}

const early: RequestListener = (request, response) => {
  request.resume()
  response.writeHead(200, { 'Content-Length': 5 })
  response.end('early')
}

async function assertNothingMore(client: RawClient, closed: Context['closed']): Promise<void> {
  assert.equal(await client.ended, 'fin')
  client.socket.end()
  await closed(1)
  assert.equal(client.rest, '')
}

async function until(client: RawClient, text: string): Promise<void> {
  while (!client.rest.includes(text)) {
    const end = client.ended.then(() => Promise.reject(new Error(`ended with ${client.rest}`)))
    await Promise.race([end, new Promise((resolve) => client.socket.once('progress', resolve))])
  }
}

/** An application with Even Keel, or the same without. */
async function withApp<T>(
  app: App,
  own: RequestListener,
  limited: boolean,
  play: (context: Context) => Promise<T>,
  { prepare = () => {}, most = 1 }: { prepare?: (server: Server) => void; most?: number } = {},
): Promise<T> {
  let outcome: { readonly value: T } | undefined
  const options = { ...one, maxRequestsPerConnection: most }
  const settings = { options, own, prepare, mounts: limited ? 1 : 0, attached: limited }
  await serving(app, settings, async (context) => {
    outcome = { value: await play(context) }
  })
  assert.ok(outcome)
  return outcome.value
}
