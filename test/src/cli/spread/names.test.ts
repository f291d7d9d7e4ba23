import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, it } from 'node:test'
import { evenkeel, type Ran } from '../evenkeel.js'
import { behindForwarder } from './behind-forwarder.js'
import type { Result } from './expected.js'

const few = ['--json', '--connections', '20', '--requests', '3']

/** Has servers say that beside a time, an id and a count, and runs the command. */
async function told(say: (server: string, response: ServerResponse) => void, ...by: string[]): Promise<Ran> {
  const runs: Ran[] = []
  const listener = (server: string, request: number) => (_: unknown, response: ServerResponse) => {
    response.setHeader('x-request-id', request)
    response.appendHeader('set-cookie', `sid=${request}; HttpOnly`)
    say(server, response)
    response.end()
  }
  await behindForwarder(
    listener,
    async ({ url }) => void runs.push(await evenkeel('spread', url, ...few, ...by)),
  )
  return runs[0] ?? assert.fail()
}

describe('the name of a server', () => {
  it('is found in a cookie', async () => {
    const ran = await told((server, response) =>
      response.appendHeader('set-cookie', `SERVERID=${server}; path=/`),
    )
    assertNamed(ran, 'cookie:SERVERID')
  })

  it('is found in a field of JSON', async () => {
    const ran = await told((server, response) =>
      response.write(JSON.stringify({ ok: true, on: { host: server } })),
    )
    assertNamed(ran, 'body:on.host')
  })

  it('is read from text by --by body:/on (\\S+)/', async () => {
    const by = 'body:/on (\\S+)/'
    const ran = await told(
      (server, response) => response.write(`<p>${Date.now()} on ${server} </p>`),
      '--by',
      by,
    )
    assertNamed(ran, by)
  })

  it('is in no field: exit code 2, and what to do', async () => {
    const ran = await told(() => {})
    assert.equal(ran.code, 2)
    assert.match(ran.stderr, /no header, cookie or body field tells servers apart.*--by/)
    assert.match(ran.json<{ error: { message: string } }>().error.message, /tells servers apart/)
  })

  it('is not where --by says: exit code 2, and what to do', async () => {
    const ran = await told(() => {}, '--by', 'header:x-served-by')
    assert.equal(ran.code, 2)
    assert.match(ran.stderr, /no answer has a name in header:x-served-by/)
  })
})

describe('arguments', () => {
  for (const [wrong, message] of [
    [['--by', 'x-served-by'], /header:NAME/],
    [['--from', '192.0.2.1'], /192\.0\.2\.1.*addresses that this machine has/],
  ] as const)
    it(`${wrong.join(' ')} ends with code 2 and what to give`, async () => {
      const ran = await evenkeel('spread', 'http://127.0.0.1:9/', ...wrong)
      assert.equal(ran.code, 2)
      assert.match(ran.stderr, message)
    })

  it('are an address where nobody listens: code 2', async () => {
    const ran = await evenkeel('spread', 'http://127.0.0.1:9/')
    assert.equal(ran.code, 2)
    assert.match(ran.stderr, /no answer from http:\/\/127\.0\.0\.1:9\/ \(connect ECONNREFUSED/)
  })
})

function assertNamed(ran: Ran, by: string): void {
  const result = ran.json<Result>()
  assert.equal(result.by, by, ran.stderr)
  assert.deepEqual(
    result.servers.map(({ name }) => name),
    ['server-1', 'server-2'],
  )
}
