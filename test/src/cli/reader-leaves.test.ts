import assert from 'node:assert/strict'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { it } from 'node:test'
import { spawned } from './evenkeel.js'

it('ends without a stack trace when its reader leaves behind the first line, as head does', async () => {
  const child = spawned('plan', '--servers', '2', '--connections', '100', '--rate', '100')
  const errors = text(child.stderr)
  await once(child.stdout, 'data')
  child.stdout.destroy()
  const [code] = await once(child, 'exit')
  assert.deepEqual([code, await errors], [2, ''])
})
