import assert from 'node:assert/strict'
import type { RequestListener } from 'node:http'
import { describe, it } from 'node:test'
import { start } from '../evenkeel.js'
import { behindForwarder } from './behind-forwarder.js'
import { named } from './servers.js'

const watch = ['--connections', '20', '--requests', '2', '--watch']

describe('20 connections that are kept open for 2 servers, while a third comes', {
  concurrency: true,
}, () => {
  it('never reach it: it waits, second by second, until Ctrl-C', async () => {
    await behindForwarder(named, async ({ url, grow }) => {
      const running = start('spread', url, ...watch)
      await running.printed(/^1 s {2}server-1 50 % {2}server-2 50 %$/m)
      grow()
      await running.printed(/^\d+ s .* server-3 0 % \(new, waits for 4 s\)$/m)
      running.interrupt()
      const { code, stdout } = await running.ran
      assert.match(
        stdout,
        /BAD {2}a new server {2}server-3: since second \d+, with 0 of \d+ requests over kept connections/,
      )
      assert.match(stdout, /still waits for half of its fair share, after 4 seconds/)
      assert.equal(code, 1)
    })
  })

  it('reach it at once, where servers end each of them after 2 answers', async () => {
    const answered = new WeakMap<object, number>()
    const ending =
      (server: string): RequestListener =>
      (request, response) => {
        const count = (answered.get(request.socket) ?? 0) + 1
        answered.set(request.socket, count)
        if (count === 2) response.setHeader('connection', 'close')
        named(server)(request, response)
      }
    await behindForwarder(ending, async ({ url, grow }) => {
      const running = start('spread', url, ...watch)
      await running.printed(/^1 s {2}server-1/m)
      grow()
      await running.printed(/^\d+ s .* server-3 .*\(new, has waited [0-3] s\)$/m)
      running.interrupt()
      const { code, stdout } = await running.ran
      assert.match(stdout, /half of its fair share after [0-3] second/)
      assert.equal(code, 0)
    })
  })
})
