import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { describe } from 'node:test'
import type { RawClient, RawResponse } from '@evenkeel/test-kit/raw-client'
import type { App, AppSettings } from '../apps/app.js'
import { assertKept, assertMarked, type Context, serving } from '../serving.js'
import { Gate } from './gate.js'
import { it } from './it.js'

const megabyte = 1_000_000
const upload = 'u'.repeat(8 * megabyte)
const answer = 'a'.repeat(megabyte / 2)
const download = 'd'.repeat(10 * megabyte)

const head = (method: string, headers = ''): string =>
  `${method} /own/ HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`
const uploadHead: string = head('POST', `Content-Length: ${upload.length}\r\n`)
const get: string = head('GET')

/** Rule: the last response, and the request that it answers, lose nothing that a bare server would deliver. */
export function transfers(app: App): void {
  describe(`${app.name}: the last response of a connection`, () => {
    describe('that answers an upload of 8 MB early, with 500 kB,', () => {
      const early: RequestListener = (_, response) => {
        response.writeHead(413, { 'Content-Length': answer.length })
        response.end(answer)
      }

      it('arrives whole, and the client can finish the upload', () =>
        last(early, async ({ client }) => {
          const sent = client.sent(uploadHead + upload)
          assertWhole(await client.response())
          await sent
          assert.equal(await client.ended, 'fin')
          assert.equal(client.rest, '')
        }))

      it('arrives whole when the client sends everything before it reads anything', () =>
        last(early, async ({ client }) => {
          client.socket.pause()
          await client.sent(uploadHead + upload)
          client.socket.resume()
          assertWhole(await client.response())
          assert.equal(await client.ended, 'fin')
        }))

      it('arrives whole, and the client can abort the upload in the middle', () =>
        last(early, async ({ client }) => {
          await client.sent(uploadHead + upload.slice(megabyte))
          assertWhole(await client.response())
          client.close()
        }))

      it('arrives whole, and the client can end its side in the middle of the upload', () =>
        last(early, async ({ client }) => {
          await client.sent(uploadHead + upload.slice(megabyte))
          assertWhole(await client.response())
          client.socket.end()
          assert.equal(await client.ended, 'fin')
        }))

      it('arrives whole when the upload is chunked', () =>
        last(early, async ({ client }) => {
          const chunks = `${megabyte.toString(16)}\r\n${upload.slice(0, megabyte)}\r\n`.repeat(8)
          const sent = client.sent(`${head('POST', 'Transfer-Encoding: chunked\r\n')}${chunks}0\r\n\r\n`)
          assertWhole(await client.response())
          await sent
          assert.equal(await client.ended, 'fin')
        }))

      it('leaves the rest of the upload to a handler that goes on reading slowly', async () => {
        let received = 0
        const slow: RequestListener = (request, response) => {
          early(request, response)
          request.on('data', (data) => {
            received += data.length
            request.pause()
            setImmediate(() => request.resume())
          })
        }
        await last(slow, async ({ client }) => {
          const sent = client.sent(uploadHead + upload)
          assertWhole(await client.response())
          await sent
          assert.equal(await client.ended, 'fin')
          assert.equal(received, upload.length)
        })
      })
    })

    it('reaches a client that stops reading 10 MB until the server can send no more', () => {
      const stuck = new Gate()
      let response: ServerResponse | undefined
      return last(
        (_, asked) => {
          response = asked
          asked.writeHead(200, { 'Content-Length': download.length })
          asked.end(download)
          stuck.notify()
        },
        async ({ client, keel }) => {
          client.socket.pause()
          client.send(get)
          await stuck.until(() => response !== undefined)
          assert.equal(response?.writableFinished, false)
          assert.equal(keel().snapshot().connections.active, 1)
          client.socket.resume()
          assert.equal(await client.ended, 'fin')
          const whole = await client.response()
          assertMarked(whole)
          assert.ok(whole.body === download)
        },
      )
    })

    it('keeps its early hints in front and its trailers behind', () =>
      last(
        (_, response) => {
          response.writeEarlyHints({ link: '</style.css>; rel=preload' }, () => {
            response.writeHead(200, { Trailer: 'X-Sum' })
            response.write('one ')
            response.addTrailers({ 'X-Sum': '42' })
            response.end('two')
          })
        },
        async ({ client }) => {
          client.send(get)
          const hints = await client.response()
          assert.equal(hints.status, 103)
          assertKept(hints)
          const whole = await client.response()
          assertMarked(whole)
          assert.equal(whole.body, 'one two')
          assert.equal(whole.trailers, 'X-Sum: 42\r\n')
          assert.equal(await client.ended, 'fin')
          assert.equal(client.rest, '')
        },
      ))

    it('answers a chunked upload of 1 MB that came in 7 pieces', () =>
      last(
        async (request, response) => {
          let received = 0
          for await (const data of request) received += data.length
          response.end(`${received}`)
        },
        async ({ client }) => {
          const chunk = `${(100_000).toString(16)}\r\n${'c'.repeat(100_000)}\r\n`.repeat(10)
          const text = `${head('PUT', 'Transfer-Encoding: chunked\r\n')}${chunk}0\r\n\r\n`
          for (let piece = 0; piece < 7; piece++) {
            await client.sent(text.slice((text.length * piece) / 7, (text.length * (piece + 1)) / 7))
          }
          const whole = await client.response()
          assertMarked(whole)
          assert.equal(whole.body, '1000000')
          assert.equal(await client.ended, 'fin')
        },
      ))

    it('has no body for HEAD, whatever its length says', () =>
      last(
        (_, response) => {
          response.writeHead(200, { 'Content-Length': 12_345 })
          response.end()
        },
        async ({ client }) => {
          client.send(head('HEAD'))
          const whole = await client.response('HEAD')
          assertMarked(whole)
          assert.equal(whole.headers.get('content-length'), '12345')
          assert.equal(await client.ended, 'fin')
          assert.equal(client.rest, '')
        },
      ))

    describe('to a request that expects 100-continue', () => {
      const expecting = head('POST', 'Content-Length: 4\r\nExpect: 100-continue\r\n')
      const echo: RequestListener = async (request, response) => {
        let body = ''
        for await (const data of request) body += data
        response.end(body)
      }

      for (const [what, prepare] of [
        ['no listener for it', () => {}],
        [
          'a listener that writes continue and emits the request',
          (server: Server) => {
            server.on('checkContinue', (request, response) => {
              response.writeContinue()
              server.emit('request', request, response)
            })
          },
        ],
      ] as const) {
        it(`follows the 100 and the body, and the request counts once, with ${what}`, () =>
          last(
            echo,
            async ({ client }) => {
              client.send(expecting)
              const permission = await client.response()
              assert.equal(permission.status, 100)
              assertKept(permission)
              client.send('body')
              const whole = await client.response()
              assertMarked(whole)
              assert.equal(whole.body, 'body')
              assert.equal(await client.ended, 'fin')
              assert.equal(client.rest, '')
            },
            { prepare },
          ))

        it(`comes before any 100 to a further one, with ${what}`, () => {
          const handled: IncomingMessage[] = []
          return last(
            (request, response) => {
              handled.push(request)
              response.end('ok')
            },
            async ({ client, closed }) => {
              client.send(get + expecting)
              assertMarked(await client.response())
              assert.equal(await client.ended, 'fin')
              await closed(1)
              assert.equal(client.rest, '')
              assert.equal(handled.length, 1)
            },
            { prepare },
          )
        })

        it(`is the last, though a further one comes behind an upload nobody read, with ${what}`, () => {
          const handled: IncomingMessage[] = []
          return last(
            (request, response) => {
              handled.push(request)
              response.writeHead(413, { 'Content-Length': answer.length })
              response.end(answer)
            },
            async ({ client, closed }) => {
              await client.sent(uploadHead + upload.slice(1))
              assertWhole(await client.response())
              client.send(upload.slice(0, 1) + expecting)
              assert.equal(await client.ended, 'fin')
              await closed(1)
              assert.equal(client.rest, '')
              assert.equal(handled.length, 1)
            },
            { prepare },
          )
        })
      }

      it('follows an earlier one whose request the listener handed on later, and each counted once', () => {
        const paths: (string | undefined)[] = []
        let handOn = (): void => {}
        return serving(
          app,
          {
            options: { maxRequestsPerConnection: 3, jitter: 0 },
            own: (request, response) => {
              paths.push(request.method)
              if (request.method === 'GET') handOn()
              response.end('ok')
            },
            prepare: (server) => {
              server.on('checkContinue', (request, response) => {
                response.writeContinue()
                handOn = () => server.emit('request', request, response)
              })
            },
          },
          async (context) => {
            const client = await context.connect()
            assertKept(await client.request('/ok'))
            client.send(`${expecting}body${get}`)
            assert.equal((await client.response()).status, 100)
            assertKept(await client.response())
            assertMarked(await client.response())
            assert.equal(await client.ended, 'fin')
            await context.closed(1)
            assert.deepEqual(paths, ['GET', 'POST'])
            assert.equal(context.keel().snapshot().totals.requests, 3)
          },
        )
      })

      for (const status of [413, 417]) {
        it(`is the ${status} that a listener answers by itself`, () =>
          last(
            echo,
            async ({ client, keel }) => {
              client.send(expecting)
              const refusal = await client.response()
              assert.equal(refusal.status, status)
              assertMarked(refusal)
              assert.equal(keel().snapshot().totals.requests, 2)
              // RFC 9110, section 10.1.1: the client may send the body or not.
              client.socket.end()
              assert.equal(await client.ended, 'fin')
              assert.equal(client.rest, '')
            },
            {
              prepare: (server) => {
                server.on('checkContinue', (_, response) => response.writeHead(status).end())
              },
            },
          ))
      }
    })

    it('says so in its second headers, which ask for keep-alive, when Node has refused the first', () =>
      last(
        (_, response) => {
          assert.throws(() => response.writeHead(200, { 'X-Copied': 'not\nallowed' }))
          response.writeHead(502, { Connection: 'keep-alive', 'Content-Length': 2 })
          response.end('no')
        },
        async ({ client }) => {
          client.send(get)
          assertMarked(await client.response())
          assert.equal(await client.ended, 'fin')
        },
      ))

    it('keeps an upgrade behind it from the application', () => {
      const seen: (string | undefined)[] = []
      const prepare = (server: Server): void => {
        server.on('upgrade', (request, socket) => {
          seen.push(request.headers.upgrade)
          socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n')
        })
      }
      return last(
        (_, response) => void response.end('ok'),
        async ({ client, closed }) => {
          client.send(get + head('GET', 'Connection: Upgrade\r\nUpgrade: echo\r\n'))
          const whole = await client.response()
          assertMarked(whole)
          assert.equal(await client.ended, 'fin')
          await closed(1)
          assert.equal(client.rest, '')
          assert.deepEqual(seen, [])
        },
        { prepare },
      )
    })

    for (const { stage, requests, play } of aborts) {
      for (const limit of [requests, requests + 1]) {
        it(`is missed like on a bare server by a client that goes away ${stage}, of at most ${limit}`, async () => {
          const bare = await abort(app, play, { options: {}, mounts: 0 })
          const options = { maxRequestsPerConnection: limit, jitter: 0 }
          const kept = await abort(app, play, { options, attached: true })
          assert.deepEqual(kept, bare)
        })
      }
    }
  })

  interface Last extends Context {
    readonly client: RawClient
  }

  /** Runs a test on a connection with one response left, and sees that nothing is left of it. */
  function last(
    own: RequestListener,
    test: (context: Last) => Promise<void>,
    settings: Partial<AppSettings> = {},
  ): Promise<void> {
    const options = { maxRequestsPerConnection: 2, jitter: 0 }
    return serving(app, { options, own, ...settings }, async (context) => {
      const client = await context.connect()
      assertKept(await client.request('/ok'))
      await test({ ...context, client })
      await context.closed(1)
      assertNothingLeft(context)
      assert.equal(context.keel().snapshot().totals.retired['max-requests'], 1)
    })
  }
}

function assertWhole(response: RawResponse): void {
  assertMarked(response)
  assert.equal(response.status, 413)
  assert.ok(response.body === answer, `${response.body.length} of ${answer.length} bytes`)
}

function assertNothingLeft({ keel }: Context): void {
  const { connections, totals } = keel().snapshot()
  assert.deepEqual([connections.active, connections.total], [0, 0])
  assert.equal(totals.opened, totals.closed)
}

interface Stage {
  readonly client: RawClient
  /** Resolves when the application has said this. */
  said(event: string): Promise<void>
}

/** Where a client can go away, by RST, which nothing delays, and how many requests it has sent by then. */
const aborts: readonly {
  readonly stage: string
  readonly requests: number
  play(stage: Stage): Promise<void>
}[] = [
  {
    stage: 'before a request',
    requests: 1,
    play: async ({ client, said }) => {
      await said('accepted')
      client.reset()
    },
  },
  {
    stage: 'in a head',
    requests: 1,
    play: async ({ client, said }) => {
      await said('accepted')
      await client.sent(get.slice(0, 20))
      client.reset()
    },
  },
  {
    stage: 'in an upload',
    requests: 1,
    play: async ({ client, said }) => {
      client.send(uploadHead + upload.slice(megabyte))
      await said('request 1')
      client.reset()
    },
  },
  {
    stage: 'before an answer',
    requests: 1,
    play: async ({ client, said }) => {
      client.send(head('GET', 'X-Answer: never\r\n'))
      await said('request 1')
      client.reset()
    },
  },
  {
    stage: 'in an answer',
    requests: 1,
    play: async ({ client }) => {
      client.send(head('GET', 'X-Answer: half\r\n'))
      await once(client.socket, 'data')
      client.reset()
    },
  },
  {
    stage: 'in the first of two answers, the second waiting',
    requests: 2,
    play: async ({ client }) => {
      client.send(head('GET', 'X-Answer: half\r\n') + get)
      await once(client.socket, 'data')
      client.reset()
    },
  },
]

/** What an application hears of a client that goes away. */
async function abort(
  app: App,
  play: (stage: Stage) => Promise<void>,
  settings: AppSettings,
): Promise<string[]> {
  const heard: string[] = []
  const gate = new Gate()
  const say = (event: string): void => {
    heard.push(event)
    gate.notify()
  }
  let requests = 0
  const own = (request: IncomingMessage, response: ServerResponse): void => {
    const number = ++requests
    say(`request ${number}`)
    request.on('error', () => {}).resume()
    request.once('close', () => say(`request ${number} closed, complete: ${request.complete}`))
    const mode = request.headers['x-answer']
    if (mode === 'half') {
      response.writeHead(200, { 'Content-Length': 1_000 })
      response.write('half')
      response.once('close', () => say(`answer ${number} closed, finished: ${response.writableFinished}`))
    } else if (mode === undefined && request.method === 'GET') response.end('ok')
  }
  const prepare = (server: Server): void => {
    settings.prepare?.(server)
    server.on(app.secure ? 'secureConnection' : 'connection', (socket) => {
      say('accepted')
      socket.once('close', () => say('gone'))
    })
  }
  await serving(app, { ...settings, own, prepare }, async (context) => {
    const client = await context.connect()
    await play({ client, said: (event) => gate.until(() => heard.includes(event)) })
    if (settings.mounts !== 0) {
      await context.closed(1)
      assertNothingLeft(context)
    } else await gate.until(() => heard.includes('gone'))
  })
  return heard.sort()
}
