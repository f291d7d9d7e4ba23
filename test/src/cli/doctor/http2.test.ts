import assert from 'node:assert/strict'
import { createServer } from 'node:http2'
import { describe, it } from 'node:test'
import { listening } from '@evenkeel/test-kit/listening'
import { evenkeel } from '../evenkeel.js'
import type { Diagnosis } from './diagnosis.js'

const short = ['--protocol', 'http2', '--idle', '100ms', '--for', '100ms', '--requests', '5', '--json']

describe('evenkeel doctor, by HTTP/2', { concurrency: true }, () => {
  it('leaves out Connection and Transfer-Encoding, which it forbids, and sends the other field of --header', async () => {
    const names = new Set<string>()
    const server = createServer((req, res) => {
      for (const name of Object.keys(req.headers)) names.add(name)
      res.end()
    })
    const lines = ['Connection: keep-alive', 'Transfer-Encoding: chunked', 'X-One: 1']
    const ran = await listening(server, ({ port }) =>
      evenkeel(
        'doctor',
        `http://127.0.0.1:${port}/`,
        ...short,
        ...lines.flatMap((line) => ['--header', line]),
      ),
    )
    assert.equal(ran.json<Diagnosis>().seen[0]?.protocol, 'http/2', ran.stderr)
    assert.deepEqual(
      [...names].filter((name) => !name.startsWith(':')),
      ['x-one'],
    )
  })
})
