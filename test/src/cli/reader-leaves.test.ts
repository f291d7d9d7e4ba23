import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { it } from 'node:test'

const { resolve } = createRequire(import.meta.url)
const file = resolve('evenkeel/package.json')
const { bin } = createRequire(import.meta.url)(file)

it('ends without a stack trace when its reader leaves behind the first line, as head does', async () => {
  const args = ['plan', '--servers', '2', '--connections', '100', '--rate', '100']
  const child = spawn(process.execPath, [join(dirname(file), bin.evenkeel), ...args])
  const errors = text(child.stderr)
  await once(child.stdout, 'data')
  child.stdout.destroy()
  const [code] = await once(child, 'exit')
  assert.deepEqual([code, await errors], [2, ''])
})
