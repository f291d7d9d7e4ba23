import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { evenkeel, type Running, start } from '../evenkeel.js'
import { behindForwarder } from './behind-forwarder.js'
import type { Result } from './expected.js'
import { named } from './servers.js'

const few = ['--json', '--connections', '30', '--requests', '5']

describe('what the command sends', () => {
  it('is 30 connections and at most 150 requests for --connections 30 --requests 5, as it says before', async () => {
    await behindForwarder(named, async ({ url, opened, requests }) => {
      const ran = await evenkeel('spread', url, ...few)
      assert.match(ran.stderr, /at most 150 requests over at most 30 connections/)
      const { sent } = ran.json<Result>().budget
      assert.deepEqual(sent, { connections: opened(), requests: requests() })
      assert.equal(sent.connections, 30)
      assert.ok(sent.requests <= 150, `${sent.requests} requests`)
    })
  })

  it('ends with Ctrl-C, and what is known after 20 requests is said', async () => {
    let running: Running | undefined
    const interruptAt20 = (server: string, request: number) => {
      if (request === 20) running?.interrupt()
      return named(server)
    }
    await behindForwarder(interruptAt20, async ({ url, requests }) => {
      running = start('spread', url, ...few, '--requests', '1000')
      const ran = await running.ran
      const { servers, interrupted } = ran.json<Result>()
      assert.equal(interrupted, true)
      assert.equal(servers.length, 2, ran.stderr)
      assert.ok(requests() < 30 * 1_000, `${requests()} requests`)
      assert.deepEqual(
        servers.map(({ name }) => name),
        ['server-1', 'server-2'],
      )
    })
  })
})
