import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { noNginx, startNginx } from '../servers/nginx.js'
import { assertTable, diagnose } from './diagnosis.js'
import * as table from './tables.js'

describe('evenkeel doctor, of nginx', { skip: noNginx, concurrency: true }, () => {
  it('finds no limit where none is reached, and names the settings of nginx', async () => {
    const server = await startNginx('keepalive_timeout 2s 1s;')
    const found = await diagnose(`http://${server.at}/`).finally(() => server.stop())
    assertTable(found, 'http/1', [
      table.kept,
      ['hint', 'fine', /^Keep-Alive: timeout=1$/, /^honest, with a margin of/],
      table.tooShort,
      table.noCount,
      table.noAge,
      table.answersAll,
      table.takesUploads,
    ])
    assert.equal(found.verdict.level, 'bad')
    assert.deepEqual(
      found.settings.map(({ server }) => server),
      ['nginx'],
    )
  })

  it('finds keepalive_requests 20, and a Keep-Alive header that promises 9 s where 1 s is true', async () => {
    const server = await startNginx('keepalive_timeout 1s 9s; keepalive_requests 20;')
    const found = await diagnose(`http://${server.at}/`).finally(() => server.stop())
    assertTable(found, 'http/1', [
      table.kept,
      ['hint', 'bad', /^Keep-Alive: timeout=9$/, /^not honest: closed \d.* earlier/],
      table.tooShort,
      table.count20,
      table.noAge,
      table.unansweredLast,
      table.takesUploads,
      table.takesLastUploads,
    ])
    assert.equal(found.verdict.level, 'fine')
    assert.match(found.verdict.sentences[0] ?? '', /^A connection ends politely after at most 20 requests,/)
  })

  it('finds keepalive_time 1s', async () => {
    const server = await startNginx('keepalive_timeout 1s; keepalive_time 1s;')
    const found = await diagnose(`http://${server.at}/`, '--requests', '9', '--for', '10s').finally(() =>
      server.stop(),
    )
    assertTable(found, 'http/1', [
      table.kept,
      table.noHint,
      table.tooShort,
      ['requests', 'note', /^9 requests on each of 3 connections, not ended/, /^no limit/],
      ['age', 'fine', /^a response says that it is the last at an age of/, /^polite$/],
      table.answersAll,
      table.takesUploads,
    ])
    assert.equal(found.verdict.level, 'fine')
  })

  it('finds what it does by HTTP/2 over TLS too: a GOAWAY at 20 streams, which loses none of those under way', async () => {
    const server = await startNginx('keepalive_timeout 1s; keepalive_requests 20;', 'ssl http2')
    const found = await diagnose(`https://${server.at}/`).finally(() => server.stop())
    assertTable(found, 'http/1', [
      table.kept,
      table.noHint,
      table.tooShort,
      table.count20,
      table.noAge,
      table.unansweredLast,
      table.takesUploads,
      table.takesLastUploads,
    ])
    assertTable(found, 'http/2', [
      table.kept,
      table.tooShortHttp2,
      table.count20,
      table.noAge,
      table.endsByGoaway,
    ])
  })

  it('finds what it does by HTTP/2 without TLS, which is all that it speaks there', async () => {
    const server = await startNginx('keepalive_timeout 1s;', 'http2')
    const found = await diagnose(`http://${server.at}/`).finally(() => server.stop())
    assertTable(found, 'http/1', [])
    assertTable(found, 'http/2', [
      table.kept,
      table.tooShortHttp2,
      table.noCount,
      table.noAge,
      ['goaway', 'fine', /^80 streams, no GOAWAY: 80 answered$/, /^all answered$/],
    ])
    assert.equal(found.verdict.level, 'bad')
  })
})
