import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { noHaproxy, startHaproxy } from '../servers/haproxy.js'
import { startNode } from '../servers/node.js'
import { assertTable, diagnose } from './diagnosis.js'
import * as table from './tables.js'

describe('evenkeel doctor, of HAProxy in mode http before a bare Node', { skip: noHaproxy }, () => {
  it('finds that nothing ends its connections in use, whatever Node limits, by HTTP/1.1 and by HTTP/2', async () => {
    const node = await startNode({ maxRequestsPerSocket: 20 })
    const server = await startHaproxy(node.at, 'timeout http-keep-alive 2s')
    const found = await diagnose(`http://${server.at}/`).finally(() =>
      Promise.all([server.stop(), node.stop()]),
    )
    assertTable(found, 'http/1', [
      table.kept,
      // What Node promises is passed on.
      ['hint', 'fine', /^Keep-Alive: timeout=1, max=20$/, /^honest, with a margin of/],
      table.tooShort,
      table.noCount,
      table.noAge,
      table.answersAll,
      table.takesUploads,
    ])
    assertTable(found, 'http/2', [
      table.kept,
      table.tooShortHttp2,
      table.noCount,
      table.noAge,
      ['goaway', 'fine', /^80 streams, no GOAWAY: 80 answered$/, /^all answered$/],
    ])
    assert.equal(found.verdict.level, 'bad')
    // It does not name itself, so every server's settings are told.
    assert.ok(found.settings.some(({ server }) => server === 'HAProxy'))
  })
})
