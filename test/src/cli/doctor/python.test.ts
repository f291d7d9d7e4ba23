import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { noPython, startPython } from '../servers/python.js'
import { assertTable, diagnose, type Expected } from './diagnosis.js'
import * as table from './tables.js'

/** Whether all was sent before the cut is a matter of time. */
const cutsUploads: Expected = ['upload', 'note or fine', /^200 .*, then (cut|closed)$/, /^delivered/]

describe('evenkeel doctor, of http.server of Python', { skip: noPython, concurrency: true }, () => {
  it('finds that it keeps no connection, and that this pins nothing', async () => {
    const server = await startPython('HTTP/1.0')
    const found = await diagnose(`http://${server.at}/`).finally(() => server.stop())
    assertTable(found, 'http/1', [
      [
        'keep-alive',
        'note',
        /^200, and the first response says that it is the last$/,
        /a connection for each request/,
      ],
      cutsUploads,
    ])
    assert.equal(found.verdict.level, 'fine')
    assert.match(found.verdict.sentences[0] ?? '', /^Every request opens a connection of its own/)
    assert.equal(found.code, 0)
  })

  it('with protocol_version HTTP/1.1 finds that it keeps every connection for ever', async () => {
    const server = await startPython('HTTP/1.1')
    const found = await diagnose(`http://${server.at}/`, '--idle', '1s', '--requests', '10').finally(() =>
      server.stop(),
    )
    assertTable(found, 'http/1', [
      table.kept,
      table.noHint,
      table.neverIdle,
      ['requests', 'note', /^10 requests on each of 3 connections, not ended/, /^no limit/],
      table.noAge,
      table.answersAll,
      cutsUploads,
    ])
    assert.equal(found.verdict.level, 'bad')
    assert.equal(found.settings.length, 7)
  })
})
