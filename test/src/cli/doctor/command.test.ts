import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:net'
import { describe, it } from 'node:test'
import { freePort } from '@evenkeel/test-kit/free-port'
import { listening } from '@evenkeel/test-kit/listening'
import { evenkeel, type Running, start } from '../evenkeel.js'
import { startNode } from '../servers/node.js'
import type { Diagnosis } from './diagnosis.js'
import { answer, serve } from './raw-server.js'

/** A server that reads, and never answers. */
const silent = (): Server => createServer((socket) => socket.on('error', () => {}).resume())

describe('the command evenkeel doctor', { concurrency: true }, () => {
  for (const [args, fault] of [
    [[], /missing required argument 'url'/],
    [['localhost:80'], /'localhost:80' is invalid for argument 'url'. Give an address that begins with http/],
    [
      ['http://a', '--idle', '90'],
      /'--idle <duration>' argument '90' is invalid. Give a duration with its unit/,
    ],
    [['http://a', '--requests', '1'], /'--requests <number>' argument '1' is invalid. .* from 2 to 100000\./],
    [
      ['http://a', '--behind', 'f5'],
      /'--behind <peer>' argument 'f5' is invalid. Allowed choices are aws-alb/,
    ],
    [['http://a', '--header', 'x'], /'--header <line>' argument 'x' is invalid. Give "name: value"\./],
    [['http://a', '--nothing'], /unknown option '--nothing'/],
  ] as const) {
    it(`ends with 2 for ${args.join(' ') || 'nothing'}`, async () => {
      const { code, stdout, stderr } = await evenkeel('doctor', ...args)
      assert.match(stderr, fault)
      assert.deepEqual([code, stdout], [2, ''])
    })
  }

  it('ends with 2 where nobody listens, and says so in JSON too', async () => {
    const address = `http://127.0.0.1:${await freePort()}/`
    const { code, stderr, json } = await evenkeel('doctor', address, '--json')
    assert.equal(code, 2)
    assert.match(stderr, /evenkeel: cannot connect to http:.*ECONNREFUSED.*: check the address/)
    assert.match(json<{ error: { message: string } }>().error.message, /ECONNREFUSED/)
  })

  it('says that https:// finds no TLS on a plain port, and does not name --insecure', async () => {
    const server = serve(() => {}).on('connection', (socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')),
    )
    const { code, stderr } = await listening(server, ({ port }) =>
      evenkeel('doctor', `https://127.0.0.1:${port}/`),
    )
    assert.match(stderr, /: the server does not speak TLS there: try http:\/\/\n/)
    assert.doesNotMatch(stderr, /--insecure/)
    assert.equal(code, 2)
  })

  it('shows examples and exit codes with --help', async () => {
    const { code, stdout } = await evenkeel('doctor', '--help')
    assert.match(stdout, /Examples:\n {2}evenkeel doctor http.*Exit code: 0 fine, 1 found something bad/s)
    assert.equal(code, 0)
  })

  it('ends with Ctrl-C, with what is known by then: 25 requests without a limit, no end of idle connections', async () => {
    const server = await startNode({ keepAliveTimeout: 600_000 })
    const running = start('doctor', `http://${server.at}/`, '--json', '--requests', '25', '--idle', '1h')
    const { code, json } = await running
      .printed(/Now waiting for idle connections/)
      .then(() => {
        running.interrupt()
        return running.ran
      })
      .finally(() => server.stop())
    const found = json<Diagnosis>()
    assert.equal(found.interrupted, true)
    assert.match(found.findings.find(({ check }) => check === 'requests')?.seen ?? '', /^25 requests on each/)
    assert.match(
      found.findings.find(({ check }) => check === 'idle timeout')?.seen ?? '',
      /^3 idle connections open/,
    )
    assert.equal(found.findings.find(({ check }) => check === 'idle timeout')?.level, 'unknown')
    assert.equal(found.verdict.level, 'unknown')
    assert.equal(code, 2)
  })

  it('says that it is incomplete, and does not begin to wait, for Ctrl-C within the requests', async () => {
    let requests = 0
    const server = serve((_head, socket) => {
      // The 20th is one of the probe that counts: it waits for an answer.
      if (++requests < 20) socket.write(answer)
      else if (requests === 20) running?.interrupt()
    })
    let running: Running | undefined
    await listening(server, async ({ port }) => {
      running = start('doctor', `http://127.0.0.1:${port}/`, '--protocol', 'http1')
      const { code, stdout } = await running.ran
      assert.match(stdout, /\nStopped: incomplete\./)
      assert.doesNotMatch(stdout, /Now waiting/)
      assert.doesNotMatch(stdout, /\nnote {2}requests/)
      assert.equal(code, 2)
    })
  })

  it('ends with 2 for Ctrl-C before the first answer', async () => {
    await listening(silent(), async ({ port }) => {
      const running = start('doctor', `http://127.0.0.1:${port}/`)
      await running.printed(/^Sends at most/)
      running.interrupt()
      const { code, stderr } = await running.ran
      assert.equal(stderr, 'evenkeel: stopped before the server has answered: let it run for longer\n')
      assert.equal(code, 2)
    })
  })

  it('ends with 2 for a server that has not answered within a --timeout of 2s', async () => {
    await listening(silent(), async ({ port }) => {
      const address = `http://127.0.0.1:${port}/`
      const { code, stderr } = await evenkeel('doctor', address, '--timeout', '2s', '--protocol', 'http1')
      assert.equal(
        stderr,
        `evenkeel: ${address} has not answered within 2000 ms (--timeout): name a path that answers sooner, or wait longer\n`,
      )
      assert.equal(code, 2)
    })
  })

  it('says first what it sends at most, and prints a line for each finding where there is no terminal', async () => {
    const server = await startNode({ maxRequestsPerSocket: 5 })
    const address = `http://${server.at}/`
    const { stdout } = await evenkeel(
      'doctor',
      address,
      '--idle',
      '100ms',
      '--for',
      '100ms',
      '--requests',
      '10',
    ).finally(() => server.stop())
    assert.match(stdout, /^Sends at most \d+ requests over at most \d+ connections\.\n/)
    assert.match(
      stdout,
      /\nnote {2}requests {2}response 5 says that it is the last, on 3 of 3 connections {2}polite/,
    )
    assert.equal(stdout.includes('\x1b'), false)
  })
})
