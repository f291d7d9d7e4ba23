import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, it } from 'node:test'
import { attach } from '@evenkeel/node'

describe('timeouts', () => {
  it('advertise 60 s and keep 65 s by default', () => {
    const server = createServer()
    attach(server)
    assert.equal(server.keepAliveTimeout, 60_000)
    assert.equal(server.headersTimeout, 66_000)
    assert.equal(server.requestTimeout, 300_000)
    if ('keepAliveTimeoutBuffer' in server) assert.equal(server.keepAliveTimeoutBuffer, 5_000)
  })

  it('follow an idle timeout that is given, even a shorter one', () => {
    const server = createServer()
    server.keepAliveTimeout = 100_000
    attach(server, { idleTimeout: 10_000 })
    assert.equal(server.keepAliveTimeout, 5_000)
    assert.equal(server.headersTimeout, 60_000)
  })

  it("keep the server's own longer idle timeout when none is given", () => {
    const server = createServer()
    server.keepAliveTimeout = 350_000
    const { limits } = attach(server)
    assert.equal(limits.idleTimeout, 351_000)
    assert.equal(server.keepAliveTimeout, 346_000)
  })

  it('switch idle closing off for Infinity', () => {
    const server = createServer()
    attach(server, { idleTimeout: Infinity })
    assert.equal(server.keepAliveTimeout, 0)
    assert.equal(server.headersTimeout, 60_000)
  })

  it('never put headersTimeout above requestTimeout, and leave 0 at 0', () => {
    const tight = createServer({ headersTimeout: 20_000, requestTimeout: 30_000 })
    attach(tight)
    assert.equal(tight.headersTimeout, 30_000)
    const off = createServer({ headersTimeout: 0 })
    attach(off)
    assert.equal(off.headersTimeout, 0)
    const unbounded = createServer()
    unbounded.requestTimeout = 0
    attach(unbounded)
    assert.equal(unbounded.headersTimeout, 66_000)
  })

  it('are left alone with tuneTimeouts false', () => {
    const server = createServer()
    const before = [server.keepAliveTimeout, server.headersTimeout]
    attach(server, { tuneTimeouts: false, idleTimeout: 30_000 }).detach()
    attach(server, { tuneTimeouts: false })
    assert.deepEqual([server.keepAliveTimeout, server.headersTimeout], before)
  })

  it('are not set back where somebody has changed them since', () => {
    const server = createServer()
    const { headersTimeout } = server
    const keel = attach(server)
    server.keepAliveTimeout = 7_000
    keel.detach()
    assert.equal(server.keepAliveTimeout, 7_000)
    assert.equal(server.headersTimeout, headersTimeout)
  })
})
