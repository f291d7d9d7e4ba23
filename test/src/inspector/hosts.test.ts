import assert from 'node:assert/strict'
import { createServer as createHttp2Server } from 'node:http2'
import { describe, it } from 'node:test'
import { inspector } from '@evenkeel/inspector'
import { listening } from '@evenkeel/test-kit/listening'
import type { RawClient, RawResponse } from '@evenkeel/test-kit/raw-client'
import { ask, session } from '../http2/serving.js'
import { FakeKeel } from './fake-keel.js'
import { serving } from './serving.js'

const { keel } = new FakeKeel()
const name = 'a secret name'

/** What is asked for with a `Host` and further lines; a stream that is served has no end, so only its head is. */
async function asked(
  client: RawClient,
  host: string,
  { method = 'HEAD', path = '/keel', lines = '' } = {},
): Promise<RawResponse> {
  client.send(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${lines}\r\n`)
  return client.response(method)
}

/** The statuses of page and stream under each host. */
async function statuses(
  hosts: readonly string[],
  options: Parameters<typeof inspector>[1],
): Promise<Record<string, number[]>> {
  const found: Record<string, number[]> = {}
  await serving(inspector(keel, options), async ({ connect }) => {
    const client = await connect()
    for (const host of hosts) {
      const [page, stream] = [await asked(client, host), await asked(client, host, { path: '/keel?events' })]
      found[host] = [page.status, stream.status]
    }
  })
  return found
}

function all(hosts: readonly string[], status: number): Record<string, number[]> {
  return Object.fromEntries(hosts.map((host) => [host, [status, status]]))
}

const local = [
  'localhost',
  'LOCALHOST:9090',
  'localhost.',
  'keel.localhost:9090',
  '127.0.0.1',
  '127.0.0.1:9090',
  '192.0.2.7:80',
  '[::1]',
  '[::1]:9090',
  '[2001:db8::7]:443',
]

const foreign = [
  'evil.example',
  'evil.example:9090',
  'evil.example.',
  'localhost.evil.example',
  'evillocalhost',
  '.localhost',
  '127.0.0.1.evil.example',
  '127.0.0.1@evil.example',
  'evil.example@localhost',
  '[evil.example]',
  '[::1].evil.example',
  '::1',
  '',
]

describe('the host that a request asks for', { timeout: 20_000 }, () => {
  it(`is served where it is localhost or an address: ${local.length} of them`, async () => {
    assert.deepEqual(await statuses(local, {}), all(local, 200))
  })

  it(`is refused where it is any other: 403 for ${foreign.length} of them`, async () => {
    assert.deepEqual(await statuses(foreign, {}), all(foreign, 403))
  })

  it('is served where it is one of hosts, without its port and however it is written', async () => {
    const hosts = ['Keel.Example.org', '.shop.example', 'bücher.example']
    const served = [
      ...['keel.example.org', 'KEEL.example.org:9090', 'keel.example.org.', 'xn--bcher-kva.example'],
      ...['shop.example', 'one.shop.example:80', 'one.two.shop.example'],
    ]
    assert.deepEqual(await statuses([...served, ...local], { hosts }), all([...served, ...local], 200))
    const refused = [...foreign, 'example.org', 'a.keel.example.org', 'workshop.example', 'shop.example.evil']
    assert.deepEqual(await statuses(refused, { hosts }), all(refused, 403))
  })

  it("is not looked at with hosts: 'all'", async () => {
    assert.deepEqual(await statuses(foreign, { hosts: 'all' }), all(foreign, 200))
  })

  it('is refused with its name and the option that allows it, and nothing else of the server', () =>
    serving(inspector(keel, { name }), async ({ connect }) => {
      const client = await connect()
      for (const method of ['GET', 'POST']) {
        for (const path of ['/keel', '/keel?events']) {
          const { status, headers, body } = await asked(client, 'evil.example:9090', { method, path })
          assert.equal(status, 403)
          assert.equal(headers.get('content-type'), 'text/plain; charset=utf-8')
          assert.equal(
            body,
            'This page is not served under the host name "evil.example". If that is what this server is called, ' +
              'allow it: inspector(keel, { hosts: ["evil.example"] }).\n',
          )
        }
      }
      const { body } = await asked(client, `${'a'.repeat(8000)}.example`, { method: 'GET' })
      assert.ok(body.length < 1000)
    }))

  it('is what the browser says: X-Forwarded-Host and Forwarded change nothing', () =>
    serving(inspector(keel), async ({ connect }) => {
      const client = await connect()
      const lines = (host: string): string => `X-Forwarded-Host: ${host}\r\nForwarded: host=${host}\r\n`
      assert.equal((await asked(client, 'evil.example', { lines: lines('localhost') })).status, 403)
      assert.equal((await asked(client, 'localhost', { lines: lines('evil.example') })).status, 200)
    }))

  it('has to be there: a request of HTTP/1.0 without one gets 403', () =>
    serving(inspector(keel), async ({ connect }) => {
      const client = await connect()
      client.send('GET /keel HTTP/1.0\r\n\r\n')
      const { status, body } = await client.response()
      assert.equal(status, 403)
      assert.equal(body, 'The request has no Host header, and this page asks for one.\n')
    }))

  it('is the :authority over HTTP/2, whatever the Host beside it', () =>
    listening(createHttp2Server(inspector(keel)), async ({ port }) => {
      const client = await session(port)
      const under = async (authority: string, host: string): Promise<number> =>
        (await ask(client, '/keel', { ':authority': authority, host })).status
      assert.equal((await ask(client, '/keel', { ':authority': `127.0.0.1:${port}` })).status, 200)
      assert.equal(await under('localhost', 'evil.example'), 200)
      assert.equal(await under('evil.example', 'localhost'), 403)
      client.destroy()
    }))

  it('has to be a list of names, or all', () => {
    for (const [hosts, message] of [
      [
        'keel.example',
        /^hosts is "keel.example": give a list of host names such as .* or 'all' for no check$/,
      ],
      [true, /^hosts is true: give a list/],
      [['a.example', 'https://b.example'], /^hosts\[1\] is "https:\/\/b.example": give a host name without/],
      [['a.example:80'], /^hosts\[0\] is "a.example:80": give a host name without scheme, port and path/],
      [['*.example'], /^hosts\[0\] is "\*.example": .* '.example.org' for all below it$/],
      [['a.example/keel'], /^hosts\[0\] /],
      [['.'], /^hosts\[0\] is ".": /],
      [[''], /^hosts\[0\] is "": /],
      [[7], /^hosts\[0\] is 7: /],
    ] as const) {
      assert.throws(() => inspector(keel, { hosts: hosts as never }), { name: 'OptionError', message })
    }
  })
})

describe('a page of another site', { timeout: 20_000 }, () => {
  for (const [lines, status] of [
    ['', 200],
    ['Sec-Fetch-Site: same-origin', 200],
    ['Sec-Fetch-Site: none', 200],
    ['Sec-Fetch-Site: same-site', 403],
    ['Sec-Fetch-Site: cross-site', 403],
    ['Origin: http://localhost:9090', 200],
    ['Origin: https://localhost:9090', 200],
    ['Origin: http://localhost:3000', 403],
    ['Origin: http://evil.example', 403],
    ['Origin: null', 403],
    ['Sec-Fetch-Site: same-origin\r\nOrigin: http://public.example', 200],
    ['Sec-Fetch-Site: cross-site\r\nOrigin: http://localhost:9090', 403],
  ] as const) {
    it(`gets ${status} for the stream, and the page itself is served: ${lines.replace('\r\n', ', ')}`, () =>
      serving(inspector(keel), async ({ connect }) => {
        const client = await connect()
        const more = { lines: lines === '' ? '' : `${lines}\r\n` }
        const stream = await asked(client, 'localhost:9090', { ...more, path: '/keel?events' })
        assert.equal(stream.status, status)
        assert.equal((await asked(client, 'localhost:9090', more)).status, 200)
      }))
  }

  it('gets 403 with the reason', () =>
    serving(inspector(keel), async ({ connect }) => {
      const { status, body } = await asked(await connect(), 'localhost', {
        method: 'GET',
        path: '/keel?events',
        lines: 'Sec-Fetch-Site: cross-site\r\n',
      })
      assert.equal(status, 403)
      assert.equal(body, 'Another site asks for this stream, which is only for the page itself.\n')
    }))
})
