import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { noGo } from '../../go.js'
import { GoServers } from '../servers/go.js'
import { assertTable, diagnose, type Expected } from './diagnosis.js'
import * as table from './tables.js'

/** It reads for half a second behind an answer. On a busy machine that is too short for the upload. */
const readsAWhile: Expected = ['upload', 'fine or note', /^200 .*, then (cut|closed)$/, /^delivered/]
const lastReadsAWhile: Expected = ['last upload', ...readsAWhile.slice(1)] as unknown as Expected

describe('evenkeel doctor, of net/http of Go', { skip: noGo, concurrency: true }, () => {
  let servers: GoServers
  before(async () => {
    servers = await GoServers.build()
  })
  after(() => servers.remove())

  it('finds that it keeps every connection for ever', async () => {
    const server = await servers.start()
    const found = await diagnose(`http://${server.at}/`, '--idle', '1s').finally(() => server.stop())
    assertTable(found, 'http/1', [
      table.kept,
      table.noHint,
      table.neverIdle,
      table.noCount,
      table.noAge,
      table.answersAll,
      readsAWhile,
    ])
    assertTable(found, 'http/2', [])
    assert.equal(found.verdict.level, 'bad')
  })

  it('with IdleTimeout 1s, and a handler that says Connection: close, finds both, by HTTP/1.1 and by HTTP/2', async () => {
    const server = await servers.start('-tls', '-idle', '1s', '-limit', '20')
    const found = await diagnose(`https://${server.at}/`).finally(() => server.stop())
    assertTable(found, 'http/1', [
      table.kept,
      table.noHint,
      table.tooShort,
      table.count20,
      table.noAge,
      table.unansweredLast,
      readsAWhile,
      lastReadsAWhile,
    ])
    assertTable(found, 'http/2', [
      table.kept,
      table.tooShortHttp2,
      table.count20,
      table.noAge,
      table.endsByGoaway,
    ])
    assert.equal(found.verdict.level, 'fine')
  })
})
