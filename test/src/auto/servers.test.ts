import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:http2'
import { describe, it } from 'node:test'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { running, ways } from './program.js'

const options = { MAX_REQUESTS_PER_CONNECTION: '3', JITTER: '0' }

for (const way of ways) {
  describe(`--${way} attaches`, () => {
    it('two servers of one process, and leaves the one with a limit of 2 of its own to the program', () =>
      running<{ own: number; other: number }>('two.js', { way, options }, async ({ own, other }) => {
        assert.equal(await lengthOf(own), 2)
        assert.equal(await lengthOf(other), 3)
      }))

    it('an HTTP/2 server: the session ends with its 3 requests answered', () =>
      running<{ port: number }>('http2.js', { way, options }, async ({ port }) => {
        const session = connect(`http://127.0.0.1:${port}`)
        const goaway = once(session, 'goaway')
        for (let stream = 0; stream < 3; stream++) {
          const response = session.request()
          const body = response.setEncoding('utf8').toArray()
          assert.equal((await body).join(''), 'ok')
        }
        assert.deepEqual((await goaway).slice(0, 1), [0])
        session.close()
      }))

    it('an HTTPS server', () =>
      running<{ port: number }>('secure.js', { way, options }, async ({ port }) => {
        assert.equal(await lengthOf(port, true), 3)
      }))

    it('a server on a unix socket', () =>
      running<{ path: string }>('unix.js', { way, options }, async ({ path }) => {
        const agent = new Agent({ keepAlive: true, maxSockets: 1 })
        const marks = []
        for (let call = 0; call < 6; call++) {
          const [response] = (await once(request({ socketPath: path, agent }).end(), 'response')) as [
            IncomingMessage,
          ]
          marks.push(response.headers.connection)
          await response.resume().toArray()
        }
        agent.destroy()
        assert.deepEqual(marks, ['keep-alive', 'keep-alive', 'close', 'keep-alive', 'keep-alive', 'close'])
      }))

    it('the servers of two cluster workers', () =>
      running<{ port: number }>('cluster.js', { way, options }, async ({ port }) => {
        const workers = new Set<string>()
        // The primary deals connections out in turn.
        while (workers.size < 2) {
          const client = await RawClient.connect({ port })
          workers.add((await client.request('/')).body)
          assert.equal((await client.request('/')).headers.get('connection'), 'keep-alive')
          assert.equal((await client.request('/')).headers.get('connection'), 'close')
          assert.equal(await client.ended, 'fin')
        }
      }))

    it('a server in a worker thread', () =>
      running<{ port: number }>('thread.js', { way, options }, async ({ port }) => {
        assert.equal(await lengthOf(port), 3)
      }))
  })
}

/** How many responses there are before a connection ends, the last of them marked. */
async function lengthOf(port: number, secure = false): Promise<number> {
  const client = await RawClient.connect({ port, secure })
  let length = 1
  while ((await client.request('/')).headers.get('connection') === 'keep-alive') length++
  assert.equal(await client.ended, 'fin')
  return length
}
