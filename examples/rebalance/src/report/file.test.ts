import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { checkWritable } from './file.js'

const folder = mkdtempSync(join(tmpdir(), 'rebalance-'))
after(() => rmSync(folder, { recursive: true }))

test('a report that could be written is not there yet after the check', () => {
  const path = join(folder, 'new.html')
  checkWritable(path)
  assert.equal(existsSync(path), false)
})

test('an earlier report is as it was after the check', () => {
  const path = join(folder, 'earlier.html')
  writeFileSync(path, 'earlier')
  checkWritable(path)
  assert.equal(readFileSync(path, 'utf8'), 'earlier')
})

test('a folder that is not there, and one in place of a file, are told', () => {
  assert.throws(() => checkWritable(join(folder, 'none', 'new.html')), { code: 'ENOENT' })
  assert.throws(() => checkWritable(folder), { code: 'EISDIR' })
})
