import assert from 'node:assert/strict'
import type { RequestListener, Server } from 'node:http'
import { describe } from 'node:test'
import type { RawClient } from '@evenkeel/test-kit/raw-client'
import type { App } from '../apps/app.js'
import { assertMarked, type Context, serving } from '../serving.js'
import { Gate } from './gate.js'
import { it } from './it.js'

const head = (line: string, headers = ''): string => `${line} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`

/** What a client may have sent of its next request when it leaves. */
const behind = {
  nothing: '',
  'a whole request': head('GET /own/'),
  'half a head': 'GET /own/ HTTP/1.1\r\nHost: loc',
  'half an upload': `${head('POST /own/', 'Content-Length: 10\r\n')}first`,
  'an upload that waits for 100-continue': head(
    'POST /own/',
    'Expect: 100-continue\r\nContent-Length: 5\r\n',
  ),
  'bytes that are no request': '\0garbage\r\n\r\n',
  'a request to upgrade': head('GET /own/', 'Connection: Upgrade\r\nUpgrade: echo\r\n'),
  'a request for a tunnel': head('CONNECT localhost:1'),
} as const

interface Leaving extends Context {
  /** A client whose first request has reached the application; it has ended its side. */
  readonly client: RawClient
  answer(): void
  /** Resolves when the application is told that nobody waits for its answer. */
  readonly told: Promise<void>
}

/** Rule: a client that leaves before its last answer is not hidden from the application. */
export function leaving(app: App): void {
  describe(`${app.name}: a client that leaves before the last of 1 answer`, () => {
    for (const [what, bytes] of Object.entries(behind)) {
      for (const limited of [false, true]) {
        it(`is told to the application, with ${what} behind it${limited ? '' : ', on a bare server too'}`, () =>
          left(bytes, limited, async ({ told, closed }) => {
            await told
            if (limited) await closed(1)
          }))
      }
    }

    const skip = app.secure ? 'Node closes a TLS connection whose client has closed its side' : false
    for (const [what, bytes] of Object.entries(behind)) {
      it(`gets that answer where the server allows half-open clients, with ${what} behind it`, { skip }, () =>
        left(
          bytes,
          true,
          async ({ client, answer, closed }) => {
            answer()
            const last = await client.response()
            assertMarked(last)
            assert.equal(last.body, 'last')
            assert.equal(await client.ended, 'fin')
            await closed(1)
            assert.equal(client.rest, '')
          },
          true,
        ),
      )
    }
  })

  async function left(
    bytes: string,
    limited: boolean,
    test: (context: Leaving) => Promise<void>,
    httpAllowHalfOpen = false,
  ): Promise<void> {
    const gate = new Gate()
    const seen = new Set<string>()
    const see = (what: string) => (): void => {
      seen.add(what)
      gate.notify()
    }
    const until = (what: string): Promise<void> => gate.until(() => seen.has(what))
    let answer = (): void => {}
    const own: RequestListener = (_, response) => {
      answer = () => response.end('last')
      response.once('close', see('close'))
      see('request')()
    }
    const prepare = (server: Server): void => {
      Object.assign(server, { httpAllowHalfOpen })
      server.on(app.secure ? 'secureConnection' : 'connection', (socket) => socket.once('end', see('end')))
      for (const event of ['upgrade', 'connect'])
        server.on(event, (_, socket) => socket.on('end', () => socket.end()).resume())
    }
    const options = { maxRequestsPerConnection: 1, jitter: 0 }
    const settings = { options, own, prepare, mounts: 0, attached: limited }
    await serving(app, settings, async (context) => {
      const client = await context.connect({ halfOpen: true })
      client.send(head('GET /own/') + bytes)
      await until('request')
      client.socket.end()
      if (httpAllowHalfOpen) await until('end')
      await test({ ...context, client, answer, told: until('close') })
    })
  }
}
