import assert from 'node:assert/strict'
import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { evenkeel } from '../evenkeel.js'
import { behindForwarder } from './behind-forwarder.js'
import type { Result } from './expected.js'
import { named } from './servers.js'

const few = ['--connections', '30', '--requests', '3']
const stays =
  /^BAD {2}a connection {2}one connection reaches one server {2}layer 4: a kept connection never moves/m

describe('servers that close idle connections', () => {
  it('after 150 ms, 4 of them, move no load: the connections in use stay', async () => {
    await behindForwarder(closingIdle(4, 150), async ({ url }) => {
      const { code, stdout } = await evenkeel('spread', url, ...few)
      assert.match(stdout, stays)
      assert.match(
        stdout,
        /^note {2}ends {2}servers closed 4 connections that had been idle for [\d. to]+ s {2}an idle timeout/m,
      )
      assert.equal(code, 1)
    })
  })

  it('are told with --json beside those that end connections in use, of which there are 0', async () => {
    await behindForwarder(closingIdle(4, 150), async ({ url }) => {
      const ran = await evenkeel('spread', url, ...few, '--json')
      const { reach, ended, endedIdle, idle } = ran.json<Result>()
      assert.deepEqual([reach, ended, endedIdle], ['one', 0, 4])
      assert.ok(idle !== undefined && idle[0] >= 100, `${idle}`)
    })
  })

  it('and say so with Keep-Alive: timeout=1 see all 90 requests on 30 connections, if they do not', async () => {
    const hinting =
      (server: string): RequestListener =>
      (request, response) => {
        response.setHeader('connection', 'keep-alive').setHeader('keep-alive', 'timeout=1')
        named(server)(request, response)
      }
    await behindForwarder(hinting, async ({ url }) => {
      const { code, stdout, json } = await evenkeel('spread', url, ...few, '--json')
      const { ended, endedIdle, budget } = json<Result>()
      assert.deepEqual(budget.sent, { connections: 30, requests: 90 }, stdout)
      assert.deepEqual([ended, endedIdle, code], [0, 0, 1])
    })
  })
})

/** While the twelfth connection waits for its first answer, the first ones have been idle for so long, and are closed. */
function closingIdle(
  connections: number,
  time: number,
): (server: string, request: number) => RequestListener {
  const sockets: Socket[] = []
  return (server, count) => async (request, response) => {
    sockets.push(request.socket)
    if (count === 12) {
      await wait(time)
      for (const socket of sockets.slice(0, connections)) socket.end()
    }
    named(server)(request, response)
  }
}
