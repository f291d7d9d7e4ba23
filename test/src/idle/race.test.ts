import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { attach } from '@evenkeel/node'
import { closed } from '@evenkeel/test-kit/closes'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { bodyOf } from '../apps/app.js'

/** How long the bare server keeps an idle connection: what it is set to, and what Node adds to that. */
const keepAliveTimeout = 100
const bareIdleTimeout = keepAliveTimeout + 1_000

/** Peers that think for about that long between two requests, as the users of a service do. */
const peers = 80
const thinkTimes = Array.from({ length: peers }, (_, peer) => bareIdleTimeout - 15 + (peer / peers) * 20)

interface Echo {
  readonly server: Server
  readonly port: number
  handled: number
}

async function echoing(prepare: (server: Server) => void): Promise<Echo> {
  const server = createServer(async (request, response) => {
    echo.handled++
    response.end(await bodyOf(request))
  })
  prepare(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const echo: Echo = { server, port: (server.address() as AddressInfo).port, handled: 0 }
  return echo
}

/** Sends a POST, thinks, sends another on the same connection. True if the second one is lost. */
async function losesSecond(port: number, thinkTime: number): Promise<boolean> {
  const client = await RawClient.connect({ port })
  const post = { method: 'POST', body: 'charge the card' }
  try {
    assert.equal((await client.request('/', post)).body, post.body)
    await wait(thinkTime)
    // A peer that has seen the close would not have sent it: it opens another connection, and nothing is lost.
    if (client.socket.readableEnded || client.socket.destroyed) return false
    const answer = await client.request('/', post).catch(() => undefined)
    return answer === undefined
  } finally {
    client.close()
  }
}

async function lossesOf(port: number): Promise<number> {
  const lost = await Promise.all(thinkTimes.map((thinkTime) => losesSecond(port, thinkTime)))
  return lost.filter(Boolean).length
}

describe('the idle-close race', () => {
  it('loses POST requests of a bare server at its idle timeout, and none with an idleTimeout above it', async () => {
    const bare = await echoing((server) => {
      server.keepAliveTimeout = keepAliveTimeout
    })
    const even = await echoing((server) => attach(server, { idleTimeout: bareIdleTimeout + 10_000 }))
    try {
      let [rounds, lost, lostWithEvenKeel] = [0, 0, 0]
      // The window is less than a millisecond wide; a round of 80 peers nearly always hits it.
      for (; lost === 0 && rounds < 10; rounds++) {
        const [inBare, inEven] = await Promise.all([lossesOf(bare.port), lossesOf(even.port)])
        lost += inBare
        lostWithEvenKeel += inEven
      }
      assert.ok(lost > 0, `no request of ${rounds * peers} was lost on the bare server`)
      assert.ok(bare.handled < 2 * peers * rounds, 'the bare server never saw what was lost')
      assert.equal(lostWithEvenKeel, 0)
      assert.equal(even.handled, 2 * peers * rounds)
      const { idleCloses } = attach(even.server).snapshot().totals
      assert.equal(idleCloses.server, 0, 'because it never was the first to close')
    } finally {
      for (const { server } of [bare, even]) {
        server.closeAllConnections()
        server.close()
      }
    }
  })

  it('is counted: idle closes by the client and by the server apart', async () => {
    const echo = await echoing((server) => attach(server, { idleTimeout: 1_200 }))
    const keel = attach(echo.server)
    const warned = once(process, 'warning')
    const [patient, hasty] = [await RawClient.connect(echo), await RawClient.connect(echo)]
    await patient.request('/', { method: 'POST', body: 'a' })
    await hasty.request('/', { method: 'POST', body: 'b' })
    hasty.socket.end()
    assert.equal(await patient.ended, 'fin')
    await closed(keel, 2)
    assert.deepEqual(keel.snapshot().totals.idleCloses, { client: 1, server: 1 })
    const [warning] = (await warned) as [Error & { code: string }]
    assert.equal(warning.code, 'EVENKEEL_IDLE_RACE')
    assert.match(
      warning.message,
      /closed 1 idle connection\(s\) .* idleTimeout of 1200 ms.*idleTimeoutBehind/s,
    )
    echo.server.close()
  })
})
