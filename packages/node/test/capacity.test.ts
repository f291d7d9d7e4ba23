import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import { attach } from '@evenkeel/node'
import { FakeClock } from '@evenkeel/test-kit/fake-clock'
import { RawClient } from '@evenkeel/test-kit/raw-client'
import { serving } from './serving.js'

describe('maxConnections', () => {
  it("is the server's own limit until detached", () => {
    const server = createServer()
    const keel = attach(server, { maxConnections: 10 })
    assert.equal(server.maxConnections, 10)
    keel.detach()
    assert.equal(server.maxConnections, undefined)
  })

  it('leaves a lower limit of the server, and sets back a higher one', () => {
    for (const [own, inForce] of [
      [5, 5],
      [100, 10],
    ] as const) {
      const server = createServer()
      server.maxConnections = own
      const keel = attach(server, { maxConnections: 10 })
      assert.equal(server.maxConnections, inForce)
      keel.detach()
      assert.equal(server.maxConnections, own)
    }
  })

  it('leaves a limit that was set since', () => {
    const server = createServer()
    const keel = attach(server, { maxConnections: 10 })
    server.maxConnections = 7
    keel.detach()
    assert.equal(server.maxConnections, 7)
  })

  it('leaves a server without a limit alone', () => {
    const server = createServer()
    server.maxConnections = 3
    attach(server).detach()
    assert.equal(server.maxConnections, 3)
    assert.equal(attach(createServer()).limits.maxConnections, Infinity)
  })

  it('makes room of 32 connections at a time, up to one place of sixteen', () =>
    serving(
      (_, response) => response.end('ok'),
      async (server, port) => {
        const clock = new FakeClock()
        const keel = attach(server, { maxConnections: 640, clock })
        const counts: number[] = []
        keel.on('close', () => counts.push(keel.snapshot().totals.closed))
        const sockets = Array.from({ length: 600 }, () => connect(port, '127.0.0.1'))
        await Promise.all(sockets.map((socket) => once(socket, 'connect')))
        while (keel.snapshot().totals.opened < 600) await new Promise(setImmediate)
        assert.equal(keel.snapshot().totals.closed, 0, 'one place of sixteen is free')
        clock.advance(500)
        const more = Array.from({ length: 30 }, () => connect(port, '127.0.0.1'))
        await Promise.all(more.map((socket) => once(socket, 'connect')))
        while (keel.snapshot().totals.opened < 630) await new Promise(setImmediate)
        while (keel.snapshot().connections.total > 600) await new Promise(setImmediate)
        assert.equal(keel.snapshot().totals.retired.evicted, 30)
        assert.equal(keel.snapshot().connections.total, 600)
        for (const socket of [...sockets, ...more]) socket.destroy()
      },
    ))

  it('sees a request that arrives together with the connection that it would have to make room for', () =>
    serving(
      (_, response) => response.end('ok'),
      async (server, port) => {
        let now = 0
        const keel = attach(server, { maxConnections: 32, clock: { now: () => now++ }, quietGuard: 1 })
        const clients = Array.from({ length: 30 }, () => RawClient.open({ port }))
        for (const client of clients) await client.request('/')
        for (let round = 0; round < 30; round++) {
          const longest = clients.shift() as RawClient
          const accepted = once(server, 'connection')
          const newcomer = RawClient.open({ port })
          // Behind the connect, which is made in the next tick, and in the same turn of the event loop.
          await new Promise<void>((resolve) => process.nextTick(() => process.nextTick(resolve)))
          const response = longest.request('/')
          await accepted
          await response
          await newcomer.request('/')
          while (keel.snapshot().connections.total > 30) await new Promise(setImmediate)
          const ended = clients.shift() as RawClient
          if (!ended.socket.readableEnded) await once(ended.socket, 'end')
          clients.push(longest, newcomer)
        }
        assert.equal(keel.snapshot().totals.retired.evicted, 30)
        for (const { socket } of clients) socket.destroy()
      },
    ))

  it('counts what an unnamed client holds, and refuses it as any other', async () => {
    const path = `\0evenkeel-capacity-${process.pid}`
    await serving(
      (_, response) => response.end('ok'),
      async (server) => {
        const clock = new FakeClock()
        const keel = attach(server, { maxConnections: 2, clock })
        const [first, second] = [RawClient.open({ path }), RawClient.open({ path })]
        await first.request('/')
        await second.request('/')
        const third = RawClient.open({ path })
        if (!third.socket.closed) await once(third.socket, 'close')
        assert.equal(keel.snapshot().totals.refused, 1)
        clock.advance(500)
        await once(first.socket, 'end')
        await second.request('/')
        second.socket.destroy()
      },
      { path },
    )
  })
})
