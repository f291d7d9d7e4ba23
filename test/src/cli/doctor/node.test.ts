import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startNode } from '../servers/node.js'
import { assertTable, diagnose, type Expected } from './diagnosis.js'
import * as table from './tables.js'

const hint: Expected = ['hint', 'fine', /^Keep-Alive: timeout=1(, max=20)?$/, /^honest, with a margin of/]

describe('evenkeel doctor, of a bare Node', { concurrency: true }, () => {
  it('finds that nothing ends its connections in use, and that it ends idle ones before every known peer', async () => {
    const server = await startNode()
    const found = await diagnose(`http://${server.at}/`).finally(() => server.stop())
    assertTable(found, 'http/1', [
      table.kept,
      hint,
      table.tooShort,
      table.noCount,
      table.noAge,
      table.answersAll,
      table.takesUploads,
    ])
    assertTable(found, 'http/2', [])
    assert.equal(found.verdict.level, 'bad')
    assert.match(found.verdict.sentences[0] ?? '', /^Nothing ends a connection within 60 requests or 1\.5 s:/)
    assert.deepEqual(
      found.settings.map(({ server }) => server),
      ['Node', 'Even Keel'],
    )
    assert.equal(found.code, 1)
    for (const { after } of found.seen[0]?.idle?.connections ?? []) assert.ok(after >= 990, `${after} ms`)
  })

  it('with maxRequestsPerSocket 20 finds that 5 pipelined requests behind response 20 get 503, and that it stays open', async () => {
    const server = await startNode({ maxRequestsPerSocket: 20 })
    const found = await diagnose(`http://${server.at}/`).finally(() => server.stop())
    assertTable(found, 'http/1', [
      table.kept,
      hint,
      table.tooShort,
      ['requests', 'note', /^response 20 says that it is the last/, /^polite, and left open; the same count/],
      table.noAge,
      ['pipelining', 'note', /^6 requests at once: 1 answered, 5 refused with 503$/, /^an error for clients/],
      table.takesUploads,
      ['last upload', 'note', /says close and stays open$/, /^delivered$/],
    ])
    assert.equal(found.verdict.level, 'fine')
  })

  it('whose handler says Connection: close by hand finds that 5 requests were executed and not answered', async () => {
    const server = await startNode({ limit: 20, end: 'header' })
    const found = await diagnose(`http://${server.at}/`).finally(() => server.stop())
    assertTable(found, 'http/1', [
      table.kept,
      hint,
      table.tooShort,
      table.count20,
      table.noAge,
      ['pipelining', 'bad', /1 answered, 5 not answered$/, /^5 executed and never answered/],
      table.takesUploads,
      ['last upload', 'note or fine', /^200 .*, then (cut|closed)$/, /^delivered/],
    ])
    assert.equal(found.verdict.level, 'fine')
    assert.equal(found.code, 1)
  })

  it('whose handler ends the socket by hand finds that it closes without a word behind response 20', async () => {
    const server = await startNode({ limit: 20, end: 'socket' })
    const found = await diagnose(`http://${server.at}/`).finally(() => server.stop())
    assertTable(found, 'http/1', [
      table.kept,
      hint,
      table.tooShort,
      [
        'requests',
        'bad',
        /^closed without a word behind response 20, on 3 of 3/,
        /^a request on its way then is lost/,
      ],
      table.noAge,
      ['pipelining', 'bad', /1 answered, 5 not answered$/, /^5 executed and never answered/],
      table.takesUploads,
      table.takesLastUploads,
    ])
    assert.equal(found.verdict.level, 'bad')
    assert.match(found.verdict.sentences[1] ?? '', /without saying so/)
  })
})
