import assert from 'node:assert/strict'
import { createServer } from 'node:http2'
import { describe, it } from 'node:test'
import { listening } from '@evenkeel/test-kit/listening'
import { evenkeel } from '../evenkeel.js'
import type { Diagnosis } from './diagnosis.js'
import { answer, serve } from './raw-server.js'

const short = ['--json', '--protocol', 'http1', '--idle', '100ms', '--for', '100ms']

const failed = ({ findings }: Diagnosis): string[] =>
  findings.filter(({ verdict }) => verdict === 'could not be looked at').map(({ check }) => check)

/** Without an end to what a failed probe began, the command never ends. */
const limit = { timeout: 30_000 }

describe('evenkeel doctor, of a server that leaves requests unanswered', { concurrency: true }, () => {
  it(
    'ends where uploads get no answer within a --timeout of 100 ms, though their 512 kB take longer',
    limit,
    async () => {
      const server = serve((head, socket) => {
        if (!/content-length/i.test(head)) socket.write(answer)
      })
      await listening(server, async ({ port }) => {
        const address = `http://127.0.0.1:${port}/`
        const ran = await evenkeel('doctor', address, ...short, '--timeout', '100ms', '--requests', '5')
        assert.doesNotMatch(ran.stderr, /at .*\.js:\d/)
        assert.deepEqual(failed(ran.json<Diagnosis>()), ['upload'])
      })
    },
  )

  it(
    'ends where request 40 of all gets no answer, and sends none of the 15,000 on the other connections after that',
    limit,
    async () => {
      let requests = 0
      const server = serve((_head, socket) => {
        if (++requests !== 40) setTimeout(() => socket.writable && socket.write(answer), 5)
      })
      await listening(server, async ({ port }) => {
        const address = `http://127.0.0.1:${port}/`
        const ran = await evenkeel('doctor', address, ...short, '--timeout', '300ms', '--requests', '5000')
        assert.deepEqual(failed(ran.json<Diagnosis>()), ['requests'])
        assert.ok(requests < 1_000, `${requests} requests`)
      })
    },
  )

  it(
    'ends where an answer by HTTP/2 comes byte by byte for longer than a --timeout of 300 ms',
    limit,
    async () => {
      const server = createServer((_req, res) => {
        const dripping = setInterval(() => res.write('a'), 50)
        res.on('close', () => clearInterval(dripping))
      })
      await listening(server, async ({ port }) => {
        const address = `http://127.0.0.1:${port}/`
        const ran = await evenkeel('doctor', address, '--protocol', 'http2', '--timeout', '300ms')
        assert.match(ran.stderr, /has not answered within 300 ms \(--timeout\)/)
        assert.equal(ran.code, 2)
      })
    },
  )

  it(
    'takes the second of two answers to one request for none: request 2 is unanswered within 300 ms',
    limit,
    async () => {
      let requests = 0
      const server = serve((_head, socket) => {
        if (++requests === 1) socket.write(answer.repeat(2))
      })
      await listening(server, async ({ port }) => {
        const address = `http://127.0.0.1:${port}/`
        const ran = await evenkeel('doctor', address, '--protocol', 'http1', '--timeout', '300ms')
        assert.match(ran.stderr, /has not answered within 300 ms \(--timeout\)/)
        assert.equal(ran.code, 2)
      })
    },
  )
})
