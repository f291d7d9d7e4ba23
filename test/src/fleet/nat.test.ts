import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import type { Outcome } from './nat/experiment.js'
import { noNetwork } from './nat/network.js'
import { noRedis } from './redis/redis-server.js'

const main = join(import.meta.dirname, 'nat', 'main.js')

/** It ends when the load is even. A machine that does other things too takes longer for that. */
const plan = { fleet: 'redis', rate: 1_500, at: 2, seconds: 90, until: 'even' }

describe("2 servers that become 4 behind the kernel's balancer, and 64 clients that keep their connections", () => {
  it('are even for 3 s on end, for at most 200 connections opened in all, with no request lost', {
    skip: noNetwork || noRedis,
    timeout: 110_000,
  }, async (t) => {
    const options = Object.entries(plan).flatMap(([name, value]) => [`--${name}`, String(value)])
    const { stdout } = await promisify(execFile)('unshare', ['--net', process.execPath, main, ...options])
    const lines = stdout.trim().split('\n')
    const outcome = JSON.parse(lines.pop() ?? '') as Outcome
    t.diagnostic(lines.join('\n'))
    assert.deepEqual(outcome.failures, [])
    assert.notEqual(outcome.evenAfter, undefined)
    assert.ok(outcome.opened <= 200, `${outcome.opened} connections were opened`)
  })
})
