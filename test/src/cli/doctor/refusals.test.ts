import assert from 'node:assert/strict'
import type { Server } from 'node:net'
import { describe, it } from 'node:test'
import { listening } from '@evenkeel/test-kit/listening'
import { evenkeel } from '../evenkeel.js'
import type { Diagnosis } from './diagnosis.js'
import { answer, refusal, serve } from './raw-server.js'

async function look(server: Server) {
  const short = ['--protocol', 'http1', '--idle', '100ms', '--for', '100ms', '--requests', '60']
  const ran = await listening(server, ({ port }) =>
    evenkeel('doctor', `http://127.0.0.1:${port}/`, '--json', ...short),
  )
  const { findings, verdict } = ran.json<Diagnosis>()
  return { verdict, requests: findings.find(({ check }) => check === 'requests') }
}

describe('evenkeel doctor, of a server that answers 503', { concurrency: true }, () => {
  it('to every 10th request of all takes that for no limit', async () => {
    let requests = 0
    const { requests: line, verdict } = await look(
      serve((_head, socket) => socket.write(++requests % 10 === 0 ? refusal : answer)),
    )
    assert.equal(line?.level, 'unknown')
    assert.match(line?.verdict ?? '', /^the server is busy or limits the rate/)
    assert.equal(verdict.level, 'unknown')
  })

  it('to all requests once it had 30 takes that for no limit of a connection', async () => {
    let requests = 0
    const { requests: line } = await look(
      serve((_head, socket) => socket.write(++requests > 30 ? refusal : answer)),
    )
    assert.equal(line?.level, 'unknown')
  })

  it('to each request of a connection behind the 20th takes that for its limit of 20', async () => {
    const counts = new WeakMap<object, number>()
    const { requests: line, verdict } = await look(
      serve((_head, socket) => {
        const count = (counts.get(socket) ?? 0) + 1
        counts.set(socket, count)
        socket.write(count > 20 ? refusal : answer)
      }),
    )
    assert.equal(line?.seen, 'answers 503 behind response 20, on 3 of 3 connections')
    assert.equal(line?.level, 'bad')
    assert.match(verdict.sentences[0] ?? '', /^A connection gets only 503 after 20 requests/)
  })
})
