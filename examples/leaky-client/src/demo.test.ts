import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const demo = fileURLToPath(new URL('demo.js', import.meta.url))

// Few places, so that the leak fills them on a slow machine too.
test('5 seconds with 200 leaked connections each, and 166 places: some are evicted, no request of a well-behaved client fails, and none has to reconnect', async () => {
  const run = spawn(process.execPath, [demo, '--seconds', '5', '--leak-rate', '200', '--clients', '4'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output, [code]] = await Promise.all([text(run.stdout), once(run, 'exit')])
  assert.equal(code, 0, output)
  assert.match(output, /Without Even Keel the server had up to [\d,]+ open sockets/)
  assert.match(output, /✔ With Even Keel it had up to \d+, where 166 may be\./)
  assert.match(output, /; [1-9][\d,]* connections were evicted, 0 refused\./)
  assert.match(output, /✔ No request of a well-behaved client failed: 0 of [\d,]+\./)
})
